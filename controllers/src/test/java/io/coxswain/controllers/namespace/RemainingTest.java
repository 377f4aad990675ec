package io.coxswain.controllers.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.core.Namespace;
import io.coxswain.api.core.Namespace.NamespaceCondition;
import io.coxswain.api.core.Namespace.NamespaceStatus;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.RecordType;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What the conditions of a namespace say about its end.
class RemainingTest {

    private static final Instant BEFORE = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant NOW = BEFORE.plusSeconds(60);

    private final Remaining remaining = Remaining.nothing();

    private static Namespace namespace(NamespaceCondition... conditions) {
        var status = new NamespaceStatus("Terminating", List.of(conditions));
        return Edit.with(RecordType.of(Namespace.class).empty(), Namespace::status, status);
    }

    private List<String> messages() {
        return remaining.conditions(namespace(), NOW).stream()
                .map(it -> it.type() + " " + it.status() + " " + it.reason() + ": " + it.message())
                .toList();
    }

    @Test
    void anEmptyNamespaceHasNothingToSay() {
        assertThat(messages())
                .containsExactly(
                        "NamespaceDeletionDiscoveryFailure False ResourcesDiscovered: All resources"
                                + " successfully discovered",
                        "NamespaceDeletionGroupVersionParsingFailure False ParsedGroupVersions: All"
                                + " legacy kube types successfully parsed",
                        "NamespaceDeletionContentFailure False ContentDeleted: All content"
                                + " successfully deleted, may be waiting on finalization",
                        "NamespaceContentRemaining False ContentRemoved: All content successfully"
                                + " removed",
                        "NamespaceFinalizersRemaining False ContentHasNoFinalizers: All"
                                + " content-preserving finalizers finished");
    }

    @Test
    void whatIsLeftIsCounted() {
        remaining.objects().put("pods", 2);
        remaining.objects().put("widgets.example.com", 1);
        remaining.finalizers().put("example.com/hold", 3);
        remaining.errors().add("b");
        remaining.errors().add("a");

        assertThat(messages())
                .contains(
                        "NamespaceDeletionContentFailure True ContentDeletionFailed: Failed to"
                                + " delete all resource types, 2 remaining: a, b",
                        "NamespaceContentRemaining True SomeResourcesRemain: Some resources are"
                                + " remaining: pods. has 2 resource instances, widgets.example.com"
                                + " has 1 resource instances",
                        "NamespaceFinalizersRemaining True SomeFinalizersRemain: Some content in"
                                + " the namespace has finalizers remaining: example.com/hold in 3"
                                + " resource instances");
    }

    @Test
    void conditionsKeepTheirTimeAndThoseOfOthersStay() {
        var theirs = new NamespaceCondition("Theirs", "True", BEFORE, "R", "m");
        var known = new NamespaceCondition("NamespaceContentRemaining", "False", BEFORE, "", "");
        var conditions = remaining.conditions(namespace(theirs, known), NOW);

        assertThat(conditions).startsWith(theirs).hasSize(6);
        assertThat(conditions.get(4).lastTransitionTime()).isEqualTo(BEFORE);
        assertThat(conditions.get(5).lastTransitionTime()).isEqualTo(NOW);
    }
}
