import unittest

import cdk8s
from chart import AppChart


class AppChartTest(unittest.TestCase):
    def test_the_pages_are_mounted_from_an_immutable_config_map(self):
        objects = cdk8s.Testing.synth(AppChart(cdk8s.Testing.app(), "{{name}}"))
        pages = next(obj for obj in objects if obj["kind"] == "ConfigMap")
        self.assertTrue(pages["immutable"])
        self.assertIn("{{name}} works", "".join(pages["data"].values()))
