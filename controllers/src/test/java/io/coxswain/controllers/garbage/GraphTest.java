package io.coxswain.controllers.garbage;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.meta.ObjectMeta.OwnerReference;
import io.coxswain.controllers.garbage.Verdict.OwnerState;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GraphTest {

    private final Graph graph = new Graph();

    @Test
    void anOwnerNobodyHasSeenIsToBeLookedUp() {
        graph.see(object("pod", "set"));

        assertThat(graph.takeSuspects()).containsExactly("set", "pod");
        assertThat(graph.find("set"))
                .satisfies(owner -> {
                    assertThat(owner.virtual()).isTrue();
                    assertThat(graph.dependents(owner)).hasSize(1);
                });
    }

    @Test
    void theEndOfAnOwnerConcernsItsDependents() {
        graph.see(object("set"));
        graph.see(object("a", "set"));
        graph.see(object("b", "set"));
        graph.takeSuspects();

        graph.forget("set");

        assertThat(graph.takeSuspects()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void theEndOfADependentConcernsAnOwnerThatWaits() {
        graph.see(object("set"));
        graph.see(object("a", "set"));
        graph.see(deleting("set", Observed.FOREGROUND));
        graph.takeSuspects();

        graph.forget("a");

        assertThat(graph.takeSuspects()).containsExactly("set");
        assertThat(graph.find("set")).satisfies(set -> assertThat(graph.blocking(set)).isEmpty());
    }

    @Test
    void aVirtualOwnerGoesWithItsLastDependent() {
        graph.see(object("pod", "set"));
        graph.forget("pod");

        assertThat(graph.size()).isZero();
    }

    @Test
    void oneLivingOwnerIsEnough() {
        var pod = object("pod", "alive", "gone");

        assertThat(verdict(pod, Map.of("alive", OwnerState.ALIVE, "gone", OwnerState.GONE)))
                .isEqualTo(new Verdict.Disown(List.of("gone")));
        assertThat(verdict(object("pod", "alive"), Map.of("alive", OwnerState.ALIVE)))
                .isEqualTo(new Verdict.Keep());
    }

    @Test
    void withoutAnOwnerLeftItGoesAsItsFinalizersSay() {
        var gone = Map.of("set", OwnerState.GONE);
        assertThat(verdict(object("pod", "set"), gone)).isEqualTo(new Verdict.Delete("Background"));
        var orphaning =
                new Observed(
                        identity("pod"), "1", List.of(ref("set")), List.of(Observed.ORPHAN), false);
        assertThat(verdict(orphaning, gone)).isEqualTo(new Verdict.Delete("Orphan"));
    }

    @Test
    void whatAWaitingOwnerOwnsGoesInTheForegroundToo() {
        var waiting = Map.of("set", OwnerState.WAITING);
        assertThat(Verdict.of(object("pod", "set"), false, true, ref -> waiting.get(ref.uid())))
                .isEqualTo(new Verdict.Delete("Foreground"));
    }

    @Test
    void anOwnerWaitsForThoseWhoBlockItAndNoOther() {
        var set = deleting("set", Observed.FOREGROUND);
        assertThat(Verdict.of(set, true, true, ref -> OwnerState.GONE))
                .isEqualTo(new Verdict.AwaitDependents());
        assertThat(Verdict.of(set, false, true, ref -> OwnerState.GONE))
                .isEqualTo(new Verdict.Unblock());
        assertThat(Verdict.of(deleting("set", Observed.ORPHAN), false, true, r -> OwnerState.GONE))
                .isEqualTo(new Verdict.Orphan());
    }

    private static Verdict verdict(Observed object, Map<String, OwnerState> owners) {
        return Verdict.of(
                object, false, false, ref -> owners.getOrDefault(ref.uid(), OwnerState.GONE));
    }

    private static Observed object(String uid, String... owners) {
        return new Observed(
                identity(uid),
                "1",
                Stream.of(owners).map(GraphTest::ref).toList(),
                List.of(),
                false);
    }

    private static Observed deleting(String uid, String finalizer) {
        return new Observed(identity(uid), "2", List.of(), List.of(finalizer), true);
    }

    private static Identity identity(String uid) {
        return new Identity("v1", "Thing", "default", uid, uid);
    }

    private static OwnerReference ref(String uid) {
        return new OwnerReference("v1", "Thing", uid, uid, true, true);
    }
}
