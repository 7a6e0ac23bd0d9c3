"""Reads a JSON list of YAML documents, and writes for each the value or the error, with the parser that is named."""

import json
import sys

import yaml
from ruamel.yaml import YAML

PARSERS = {
    "PyYAML": lambda text: yaml.load(text, yaml.SafeLoader),
    # one that has failed does not read the next document rightly
    "ruamel.yaml": lambda text: YAML(typ="safe", pure=True).load(text),
}


def read(parse, text):
    try:
        return {"value": parse(text)}
    except Exception as error:  # whatever the parser says
        return {"error": str(error)}


parse = PARSERS[sys.argv[1]]
json.dump([read(parse, text) for text in json.load(sys.stdin)], sys.stdout, default=str)
