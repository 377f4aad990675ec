package io.coxswain.controllers.namespace;

import io.coxswain.api.core.Namespace;
import io.coxswain.api.core.Namespace.NamespaceCondition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What one round of deletion left in a namespace.
///
/// @param objects how many objects of each resource (`pods`, `widgets.example.com`) are left
/// @param finalizers how many objects each finalizer holds
/// @param undiscovered group versions whose resources are not known
/// @param errors what went wrong
record Remaining(
        SortedMap<String, Integer> objects,
        SortedMap<String, Integer> finalizers,
        List<String> undiscovered,
        List<String> errors) {

    static Remaining nothing() {
        return new Remaining(
                new TreeMap<>(), new TreeMap<>(), new ArrayList<>(), new ArrayList<>());
    }

    boolean finished() {
        return objects.isEmpty() && undiscovered.isEmpty() && errors.isEmpty();
    }

    /// The conditions of the namespace: those that somebody else wrote, and ours.
    List<NamespaceCondition> conditions(Namespace namespace, Instant now) {
        var own = own(namespace, now);
        var types = own.stream().map(NamespaceCondition::type).toList();
        var others =
                namespace.status().conditions().stream()
                        .filter(known -> !types.contains(known.type()));
        return Stream.concat(others, own.stream()).toList();
    }

    /// In the words of upstream; those that say the same as before keep their time.
    private List<NamespaceCondition> own(Namespace namespace, Instant now) {
        return Stream.of(
                        new Check(
                                "NamespaceDeletionDiscoveryFailure",
                                undiscovered.isEmpty(),
                                "ResourcesDiscovered",
                                "All resources successfully discovered",
                                "DiscoveryFailed",
                                "Discovery failed for some groups, "
                                        + undiscovered.size()
                                        + " failing: unable to retrieve the complete list of server"
                                        + " APIs: "
                                        + String.join(", ", undiscovered)),
                        new Check(
                                "NamespaceDeletionGroupVersionParsingFailure",
                                true,
                                "ParsedGroupVersions",
                                "All legacy kube types successfully parsed",
                                "",
                                ""),
                        new Check(
                                "NamespaceDeletionContentFailure",
                                errors.isEmpty(),
                                "ContentDeleted",
                                "All content successfully deleted, may be waiting on finalization",
                                "ContentDeletionFailed",
                                "Failed to delete all resource types, "
                                        + errors.size()
                                        + " remaining: "
                                        + errors.stream()
                                                .sorted()
                                                .collect(Collectors.joining(", "))),
                        new Check(
                                "NamespaceContentRemaining",
                                objects.isEmpty(),
                                "ContentRemoved",
                                "All content successfully removed",
                                "SomeResourcesRemain",
                                "Some resources are remaining: " + resources()),
                        new Check(
                                "NamespaceFinalizersRemaining",
                                finalizers.isEmpty(),
                                "ContentHasNoFinalizers",
                                "All content-preserving finalizers finished",
                                "SomeFinalizersRemain",
                                "Some content in the namespace has finalizers remaining: "
                                        + finalizers.entrySet().stream()
                                                .map(entry ->
                                                        entry.getKey()
                                                                + " in "
                                                                + entry.getValue()
                                                                + " resource instances")
                                                .collect(Collectors.joining(", "))))
                .map(check -> check.condition(namespace, now))
                .toList();
    }

    /// `pods. has 1 resource instances`: upstream writes the dot even when there is no group.
    private String resources() {
        return objects.entrySet().stream()
                .map(entry -> {
                    var name = entry.getKey();
                    var dotted = name.contains(".") ? name : name + ".";
                    return dotted + " has " + entry.getValue() + " resource instances";
                })
                .collect(Collectors.joining(", "));
    }

    /// A condition that is False when all is well.
    private record Check(
            String type,
            boolean good,
            String goodReason,
            String goodMessage,
            String badReason,
            String badMessage) {

        NamespaceCondition condition(Namespace namespace, Instant now) {
            var status = good ? "False" : "True";
            var since =
                    namespace.status().conditions().stream()
                            .filter(known ->
                                    known.type().equals(type) && known.status().equals(status))
                            .map(NamespaceCondition::lastTransitionTime)
                            .findFirst()
                            .orElse(now);
            return new NamespaceCondition(
                    type,
                    status,
                    since,
                    good ? goodReason : badReason,
                    good ? goodMessage : badMessage);
        }
    }
}
