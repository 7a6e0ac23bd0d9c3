package app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.cdk8s.Testing;
import org.junit.jupiter.api.Test;

class AppChartTest {
    @Test
    @SuppressWarnings("unchecked")
    void thePagesAreMountedFromAnImmutableConfigMap() {
        AppChart chart = new AppChart(Testing.app(), "{{name}}");
        List<Map<String, Object>> objects = (List<Map<String, Object>>) (Object) Testing.synth(chart);
        Map<String, Object> pages = objects.stream()
            .filter(object -> "ConfigMap".equals(object.get("kind")))
            .findFirst()
            .orElseThrow();
        assertEquals(true, pages.get("immutable"));
        assertTrue(pages.get("data").toString().contains("{{name}} works"));
    }
}
