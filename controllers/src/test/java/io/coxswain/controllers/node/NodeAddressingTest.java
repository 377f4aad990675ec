package io.coxswain.controllers.node;

import static io.coxswain.client.fixture.Nouns.node;
import static io.coxswain.client.fixture.Nouns.view;
import static io.coxswain.controllers.PlanAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coxswain.api.core.Node;
import io.coxswain.api.core.Node.NodeSpec;
import io.coxswain.api.schema.Edit;
import io.coxswain.client.controller.Plan;
import io.coxswain.client.controller.Step;
import org.junit.jupiter.api.Test;

class NodeAddressingTest {

    private final NodeAddressing addressing = new NodeAddressing("10.244.0.0/16", 24);

    private static Node with(String name, String cidr) {
        return node(name).spec(spec -> Edit.with(spec, NodeSpec::podCIDR, cidr)).build();
    }

    private static String given(Plan plan) {
        return plan.steps()
                .map(step -> (Step.PatchObject) step)
                .map(patch -> patch.patch().body().toString())
                .reduce("", String::concat);
    }

    @Test
    void aNodeGetsTheFirstRangeThatIsFree() {
        var fresh = node("c").build();

        var plan =
                addressing.reconcile(
                        fresh, view(with("a", "10.244.0.0/24"), with("b", "10.244.2.0/24"), fresh));

        assertThat(given(plan)).contains("10.244.1.0/24");
    }

    @Test
    void twoNodesThatComeAtOnceGetDifferentRanges() {
        var a = node("a").build();
        var b = node("b").build();

        assertThat(given(addressing.reconcile(a, view(a, b)))).contains("10.244.0.0/24");
        assertThat(given(addressing.reconcile(b, view(a, b)))).contains("10.244.1.0/24");
        assertThat(given(addressing.reconcile(a, view(a, b)))).contains("10.244.0.0/24");
        assertThat(addressing.reconcile(with("a", "10.244.0.0/24"), view()))
                .isEqualTo(Plan.NOTHING);
    }

    @Test
    void theRangeOfANodeThatIsGoneIsFreeAgain() {
        var a = node("a").build();
        var b = node("b").build();
        addressing.reconcile(a, view(a));

        addressing.gone("", "a", view());

        assertThat(given(addressing.reconcile(b, view(b)))).contains("10.244.0.0/24");
    }

    @Test
    void whenNoRangeIsLeftTheNodeSaysSo() {
        var small = new NodeAddressing("10.244.7.0/24", 24);
        var fresh = node("b").build();

        assertThat(small.reconcile(fresh, view(with("a", "10.244.7.0/24"), fresh)))
                .events()
                .containsExactly("CIDRNotAvailable: Node b status is now: CIDRNotAvailable");
    }

    @Test
    void rangesOfEitherFamilyCanBeCut() {
        assertThat(PodRanges.of("fd00:10::/56", 64).parts()).isEqualTo(256);
        assertThat(PodRanges.of("10.244.3.7/16", 24).free(java.util.Set.of()))
                .isEqualTo("10.244.0.0/24");
        for (var bad : new String[] {"10.244.0.0", "x/16", "10.244.0.0/25", "10.0.0.0/4", "::/4"}) {
            assertThatThrownBy(() -> PodRanges.of(bad, 24))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
