package io.coxswain.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.autoscaling.AutoscalerConversion;
import io.coxswain.api.autoscaling.HorizontalPodAutoscaler;
import io.coxswain.api.codec.RecordReader;
import io.coxswain.api.codec.RecordWriter;
import io.coxswain.api.events.Event;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ConversionTest {

    private static <T> T read(Class<T> type, String json) {
        return RecordReader.read(type, json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void anAutoscalerOfV1KeepsWhatOnlyV2HasFieldsFor() {
        var stored =
                read(
                        io.coxswain.api.autoscaling.v2.HorizontalPodAutoscaler.class,
                        """
                        {"metadata":{"name":"a"},
                         "spec":{"scaleTargetRef":{"kind":"Deployment","name":"d"},"maxReplicas":3,
                          "metrics":[{"type":"Pods","pods":{"metric":{"name":"m"},
                            "target":{"type":"AverageValue","averageValue":"10"}}}],
                          "behavior":{"scaleDown":{"selectPolicy":"Max"}}},
                         "status":{"desiredReplicas":2,
                          "conditions":[{"type":"AbleToScale","status":"True"}]}}
                        """);

        var v1 = AutoscalerConversion.V1.fromStored().apply(stored);

        assertThat(v1.spec().targetCPUUtilizationPercentage()).isNull();
        assertThat(v1.metadata().annotations())
                .containsEntry(
                        "autoscaling.alpha.kubernetes.io/metrics",
                        "[{\"type\":\"Pods\",\"pods\":"
                                + "{\"metricName\":\"m\",\"targetAverageValue\":\"10\"}}]");
        assertThat(AutoscalerConversion.V1.toStored().apply(v1)).isEqualTo(stored);
    }

    @Test
    void aCpuTargetOfV1IsAMetricOfV2() {
        var v1 =
                read(
                        HorizontalPodAutoscaler.class,
                        """
                        {"metadata":{"name":"a"},
                         "spec":{"scaleTargetRef":{"kind":"Deployment","name":"d"},
                          "minReplicas":1,"maxReplicas":3,"targetCPUUtilizationPercentage":44}}
                        """);

        var stored = AutoscalerConversion.V1.toStored().apply(v1);

        assertThat(stored.spec().metrics())
                .singleElement()
                .satisfies(metric -> assertThat(metric.type()).isEqualTo("Resource"));
        assertThat(AutoscalerConversion.V1.fromStored().apply(stored)).isEqualTo(v1);
    }

    @Test
    void whatIsNoMetricInAnAnnotationCountsAsAbsent() {
        var v1 =
                read(
                        HorizontalPodAutoscaler.class,
                        """
                        {"metadata":{"name":"a","annotations":{
                           "autoscaling.alpha.kubernetes.io/metrics":"{",
                           "autoscaling.alpha.kubernetes.io/behavior":"7"}},
                         "spec":{"scaleTargetRef":{"kind":"Deployment","name":"d"},
                          "maxReplicas":3}}
                        """);

        var stored = AutoscalerConversion.V1.toStored().apply(v1);

        assertThat(stored.spec().metrics()).isEmpty();
        assertThat(stored.spec().behavior()).isNull();
        assertThat(stored.metadata().annotations()).isEmpty();
    }

    @Test
    void anEventIsTheSameInBothGroups() {
        var event =
                read(
                        Event.class,
                        """
                        {"metadata":{"name":"e","namespace":"n"},"reason":"R","note":"hello",
                         "type":"Normal","action":"A","reportingController":"c.example/x",
                         "reportingInstance":"i","eventTime":"2026-01-01T00:00:00.000000Z",
                         "regarding":{"kind":"Pod","namespace":"n","name":"p"}}
                        """);

        var core = Event.CONVERSION.toStored().apply(event);

        assertThat(core.message()).isEqualTo("hello");
        assertThat(core.involvedObject().name()).isEqualTo("p");
        assertThat(RecordWriter.write(Event.CONVERSION.fromStored().apply(core)))
                .isEqualTo(RecordWriter.write(event));
    }
}
