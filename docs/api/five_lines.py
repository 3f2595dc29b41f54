import layout

built = layout.build("issues/tunliu-2026", layout.Options(jobs=2))
for finding in built.findings:
    print(finding.severity.name, finding.check, finding.message.zh)
print(built.pdf, built.exit_code)
