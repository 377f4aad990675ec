package io.coxswain.apiserver.webhook;

import io.coxswain.api.schema.Resource;
import io.coxswain.apiserver.admission.Objects;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/// The hooks of all configurations of one sort, in the order of the configurations' names. Made
/// again when a configuration has changed.
final class HookIndex<C extends Resource> {

    private record State<C>(List<C> configurations, List<Hook> hooks) {}

    private final Objects objects;
    private final Class<C> type;
    private final Function<C, List<Hook>> hooks;
    private volatile State<C> state = new State<>(List.of(), List.of());

    HookIndex(Objects objects, Class<C> type, Function<C, List<Hook>> hooks) {
        this.objects = objects;
        this.type = type;
        this.hooks = hooks;
    }

    List<Hook> all() {
        var configurations = objects.all(type);
        var before = state;
        if (Objects.same(before.configurations(), configurations)) {
            return before.hooks();
        }
        var sorted = new ArrayList<>(configurations);
        sorted.sort(Comparator.comparing(Resource::name));
        var made = sorted.stream().flatMap(one -> hooks.apply(one).stream()).toList();
        state = new State<>(configurations, made);
        return made;
    }
}
