from cdk8s import App
from chart import AppChart

app = App()
AppChart(app, "{{name}}")
app.synth()
