package io.coxswain.client.controller;

import io.coxswain.api.schema.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/// One line of a controller list: a controller, the kind it reconciles and what else wakes it.
///
/// ```java
/// Registration.of("replicaset", ReplicaSet.class, new ReplicaSetController()).owns(Pod.class)
/// ```
public record Registration<T extends Resource>(
        String name, Class<T> type, Controller<T> controller, List<Trigger<?>> triggers) {

    /// A kind whose changes wake objects of the controller's kind.
    ///
    /// @param keys which objects a changed object wakes; it also makes the kind readable in the
    /// view
    public record Trigger<R extends Resource>(
            Class<R> type, BiFunction<R, View, Stream<NamespacedName>> keys) {}

    /// Names an object of the controller's kind.
    public record NamespacedName(String namespace, String name) {
        public static NamespacedName of(Resource object) {
            return new NamespacedName(object.namespace(), object.name());
        }
    }

    public static <T extends Resource> Registration<T> of(
            String name, Class<T> type, Controller<T> controller) {
        return new Registration<>(name, type, controller, List.of());
    }

    /// Wakes the owner whenever an object it controls changes.
    public <R extends Resource> Registration<T> owns(Class<R> owned) {
        return watches(
                owned,
                (object, view) ->
                        object.metadata().ownerReferences().stream()
                                .filter(owner -> Boolean.TRUE.equals(owner.controller()))
                                .filter(owner -> owner.kind().equals(type.getSimpleName()))
                                .map(owner ->
                                        new NamespacedName(object.namespace(), owner.name())));
    }

    /// Wakes the objects that `keys` names whenever an object of `other` changes.
    public <R extends Resource> Registration<T> watches(
            Class<R> other, BiFunction<R, View, Stream<NamespacedName>> keys) {
        var all = new ArrayList<>(triggers);
        all.add(new Trigger<>(other, keys));
        return new Registration<>(name, type, controller, List.copyOf(all));
    }

    /// Makes a kind readable in the view without waking anything.
    public <R extends Resource> Registration<T> reads(Class<R> other) {
        return watches(other, (object, view) -> Stream.empty());
    }
}
