#!/bin/sh
# 任何 CI、任何机器：sh proofs.sh [基准 [校次]]。在放着 issues/ 的 git 仓库里跑；没有 layout 就先装到 .venv。
# For any CI and any machine: sh proofs.sh [BASE [ROUND]], in a git repository with issues/. Without layout it is installed into .venv.
#   BASE    只做这以后改过的各期，和那时的比 / only issues that changed since, compared with what they were
#   ROUND   校次，默认是这以后的提交数 / the round of proofs; by itself the number of commits since
#   PICTURES  成品放上网的地方，评论里的小图从那里取 / where the output can be had, for the comment's pictures
#   OUT     成品文件夹，默认 proofs；停了再跑，接着做 / the folder of the output; run again, it goes on where it stopped
set -eu

base=${1:-}
out=${OUT:-proofs}

if ! command -v layout > /dev/null; then
  sh .ci/system.sh pango
  python3 -m venv .venv
  .venv/bin/python -m pip install --require-hashes --only-binary :all: --requirement requirements.lock
  .venv/bin/python -m pip install --no-deps --no-build-isolation .
  PATH="$PWD/.venv/bin:$PATH"
fi

round=${2:-}
if [ -n "$base" ]; then
  round=${round:-$(git rev-list --count --no-merges "$base..HEAD")}
  set -- --since "$base" --compare
else
  set --
fi
if [ "${round:-0}" -lt 1 ]; then round=1; fi

status=0
layout batch issues "$@" --proof --round "$round" -o "$out" --soft --plates --baseline known.json --fail-on error \
  --results "$out/findings.sarif" --results "$out/junit.xml" --comment "$out/comment.md" --pictures "${PICTURES:-}" || status=$?

# 各期一个包，名字里有期和校次 / one archive for each issue, named by issue and round
find "$out" -name "*-round-$round-proof.pdf" | while read -r proof; do
  name=$(basename "$proof" -proof.pdf)
  tar -C "$(dirname "$proof")" --exclude '*.tar.gz' -czf "$out/$name.tar.gz" .
done
exit "$status"
