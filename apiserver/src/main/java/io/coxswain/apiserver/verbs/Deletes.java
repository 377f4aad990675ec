package io.coxswain.apiserver.verbs;

import io.coxswain.api.meta.DeleteOptions;
import io.coxswain.api.schema.Errors;
import io.coxswain.apiserver.Call;
import io.coxswain.apiserver.registry.Decision;
import io.coxswain.apiserver.registry.Deletion;
import io.coxswain.apiserver.registry.Registry;
import io.coxswain.apiserver.registry.Served;
import io.coxswain.apiserver.registry.WriteOptions;
import io.coxswain.storage.Entry;
import io.coxswain.storage.Key;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Carries out deletions.
public final class Deletes {

    private Deletes() {}

    /// Deletes one object, again from the start when another write came first.
    public static <T> Decision delete(
            Call call,
            Served<T> kind,
            Registry registry,
            Key key,
            DeleteOptions options,
            WriteOptions write) {
        return delete(
                kind,
                registry,
                key,
                options,
                write,
                current -> {
                    registry.admitDelete(call, kind, current, write.deleting(options));
                    warn(call, kind, options);
                });
    }

    /// Deletes one object as what admission has let in already as something else than a deletion.
    public static <T> Decision deleteAdmitted(
            Served<T> kind, Registry registry, Key key, DeleteOptions options, WriteOptions write) {
        return delete(kind, registry, key, options, write, current -> {});
    }

    private static <T> Decision delete(
            Served<T> kind,
            Registry registry,
            Key key,
            DeleteOptions options,
            WriteOptions write,
            Consumer<Entry> admission) {
        while (true) {
            var current = registry.find(key);
            if (current == null) {
                throw Errors.notFound(kind.kind().group(), kind.kind().plural(), key.name());
            }
            admission.accept(current);
            var outcome =
                    Deletion.decide(kind, kind.object(current), options, registry.clock().now());
            var done = perform(registry, kind, current, outcome, write);
            if (done != null) {
                return new Decision(done, outcome instanceof Deletion.Outcome.Remove<T>, false);
            }
        }
    }

    private static void warn(Call call, Served<?> kind, DeleteOptions options) {
        var warning = kind.strategy().orphanWarning();
        if (!warning.isEmpty()
                && options.orphanDependents() == null
                && options.propagationPolicy() == null) {
            call.warn(warning);
        }
    }

    private static <T> @Nullable Entry perform(
            Registry registry,
            Served<T> kind,
            Entry current,
            Deletion.Outcome<T> outcome,
            WriteOptions write) {
        return switch (outcome) {
            case Deletion.Outcome.Remove<T>(var last) ->
                    registry.remove(kind, current, last, write);
            case Deletion.Outcome.Mark<T>(var marked) ->
                    registry.write(kind, current, marked, write);
        };
    }
}
