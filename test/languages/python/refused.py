from cdk8s import App, Chart
from cdk8s_storage_patterns import AppWorkload

chart = Chart(App(), "shop")
try:
    AppWorkload(chart, "api", image="ghcr.io/acme/api", port=8080)
except RuntimeError as error:
    print(error)
