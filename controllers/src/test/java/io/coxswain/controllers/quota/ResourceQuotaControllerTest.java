package io.coxswain.controllers.quota;

import static io.coxswain.client.fixture.Nouns.NOW;
import static io.coxswain.client.fixture.Nouns.any;
import static io.coxswain.client.fixture.Nouns.pod;
import static io.coxswain.client.fixture.Nouns.view;
import static io.coxswain.client.fixture.Nouns.viewAt;
import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.core.ConfigMap;
import io.coxswain.api.core.ResourceQuota;
import io.coxswain.api.core.ResourceQuota.ResourceQuotaSpec;
import io.coxswain.api.core.ResourceQuota.ResourceQuotaStatus;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.Quantity;
import io.coxswain.client.controller.Plan;
import io.coxswain.client.controller.Step;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResourceQuotaControllerTest {

    private final ResourceQuotaController controller = new ResourceQuotaController();

    @Test
    void countsWhatIsThere() {
        var quota = quota(Map.of("pods", "5", "count/configmaps", "9"), Map.of());

        var plan =
                controller.reconcile(
                        quota,
                        view(quota, pod("a"), pod("b").phase("Failed"), any(ConfigMap.class, "m")));

        assertThat(used(plan)).isEqualTo(amounts(Map.of("pods", "1", "count/configmaps", "1")));
    }

    @Test
    void keepsTheCountOfWhatItDoesNotWatch() {
        var quota =
                quota(
                        Map.of("count/widgets.example.com", "5"),
                        Map.of("count/widgets.example.com", "3"));

        var plan = controller.reconcile(quota, view(quota));

        assertThat(plan.steps()).isEmpty();
    }

    @Test
    void waitsBeforeItTakesBackWhatAdmissionHasJustCounted() {
        var quota = quota(Map.of("pods", "5"), Map.of("pods", "2"));

        assertThat(controller.reconcile(quota, viewAt(NOW.plusSeconds(0), quota)).steps())
                .isEmpty();
        var charged = version(quota, "2");
        assertThat(controller.reconcile(charged, viewAt(NOW.plusSeconds(3), charged)).steps())
                .isEmpty();
        assertThat(controller.reconcile(charged, viewAt(NOW.plusSeconds(4), charged)).steps())
                .isEmpty();
        assertThat(used(controller.reconcile(charged, viewAt(NOW.plusSeconds(5), charged))))
                .isEqualTo(amounts(Map.of("pods", "0")));
    }

    private static ResourceQuota version(ResourceQuota quota, String version) {
        return Edit.with(
                quota,
                ResourceQuota::metadata,
                Edit.with(quota.metadata(), ObjectMeta::resourceVersion, version));
    }

    private static Map<String, Quantity> used(Plan plan) {
        var step = plan.steps().findFirst().orElseThrow();
        return step instanceof Step.UpdateStatus(var object)
                        && object instanceof ResourceQuota quota
                ? quota.status().used()
                : Map.of();
    }

    private static ResourceQuota quota(Map<String, String> hard, Map<String, String> used) {
        var limits = amounts(hard);
        return Edit.of(any(ResourceQuota.class, "q").build())
                .set(
                        ResourceQuota::spec,
                        Edit.of(ResourceQuotaSpec.class)
                                .set(ResourceQuotaSpec::hard, limits)
                                .done())
                .set(
                        ResourceQuota::status,
                        new ResourceQuotaStatus(used.isEmpty() ? Map.of() : limits, amounts(used)))
                .done();
    }

    private static Map<String, Quantity> amounts(Map<String, String> texts) {
        var all = new java.util.LinkedHashMap<String, Quantity>();
        texts.forEach((name, text) -> all.put(name, Quantity.parse(text)));
        return all;
    }
}
