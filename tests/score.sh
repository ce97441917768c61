#!/usr/bin/env bash
# Scores labelled texts with the product's scorer: tests/score.sh FOLDER, where FOLDER holds eval.py and dev/ with its JSON Lines.
set -euo pipefail
folder=$(cd "${1:?tests/score.sh FOLDER [TASK]}" && pwd)
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dotnet build Gateway -c Release --verbosity quiet -nologo >&2
python3 "$folder/eval.py" texts --data "$folder/dev" --out "$work/texts.jsonl"
dotnet Gateway/bin/Release/net10.0/Gateway.dll score --in "$work/texts.jsonl" --out "$work/predictions.jsonl"
python3 "$folder/eval.py" score --data "$folder/dev" --pred "$work/predictions.jsonl" --task "${2:-all}"
