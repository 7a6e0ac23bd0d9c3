import unittest

from cdk8s import Testing
from chart import AppChart


class AppChartTest(unittest.TestCase):
    def test_the_pages_are_mounted_from_an_immutable_config_map(self):
        objects = Testing.synth(AppChart(Testing.app(), "{{name}}"))
        pages = next(obj for obj in objects if obj["kind"] == "ConfigMap")
        self.assertTrue(pages["immutable"])
        self.assertIn("{{name}} works", "".join(pages["data"].values()))
