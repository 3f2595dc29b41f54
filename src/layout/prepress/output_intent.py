"""The output intent: for which press the colours are meant."""

from __future__ import annotations

from pikepdf import Array, Dictionary, Name, Pdf, String

from layout.press import PressProfile


def set_intents(pdf: Pdf, profile: PressProfile) -> None:
    """Give *pdf* the press's output intent, once for PDF/X-4 and once for PDF/A-2, both on one stream.

    The stream holds the ICC file's own bytes: WeasyPrint would write the profile anew, and it would no longer be the
    one the plant knows.
    """
    stream = pdf.make_stream(profile.icc_bytes(), N=4, Alternate=Name.DeviceCMYK)
    pdf.Root.OutputIntents = Array(
        [
            pdf.make_indirect(
                Dictionary(
                    Type=Name.OutputIntent,
                    S=kind,
                    OutputConditionIdentifier=String(profile.output_condition_identifier),
                    OutputCondition=String(profile.output_condition),
                    RegistryName=String(profile.registry_name),
                    Info=String(profile.info),
                    DestOutputProfile=stream,
                )
            )
            for kind in (Name.GTS_PDFX, Name.GTS_PDFA1)
        ]
    )
