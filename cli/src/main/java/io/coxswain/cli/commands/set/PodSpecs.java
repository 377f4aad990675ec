package io.coxswain.cli.commands.set;

import io.coxswain.api.json.Json;
import io.coxswain.cli.CliError;
import io.coxswain.cli.commands.Changes;
import io.coxswain.cli.resource.Target;
import io.coxswain.cli.server.Trees;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The pod spec inside a Pod or a workload, and how to change it.
final class PodSpecs {

    private static final Set<String> WITH_TEMPLATE =
            Set.of(
                    "DaemonSet",
                    "Deployment",
                    "Job",
                    "ReplicaSet",
                    "ReplicationController",
                    "StatefulSet");

    private PodSpecs() {}

    /// The dotted path to the pod spec. Throws for a kind without one.
    static String path(Target target) {
        var kind = target.type().kind();
        if (kind.equals("Pod")) {
            return "spec";
        }
        if (kind.equals("CronJob")) {
            return "spec.jobTemplate.spec.template.spec";
        }
        if (WITH_TEMPLATE.contains(kind)) {
            return "spec.template.spec";
        }
        throw new CliError(
                "%s/%s the object is not a pod or does not have a pod template: *v1.%s"
                        .formatted(target.type().plural(), target.name(), kind));
    }

    static Json.Obj of(Target target) {
        return Trees.object(target.object(), path(target).split("\\."));
    }

    /// Sends a strategic patch of the pod spec; nothing when it would change nothing.
    static void patch(Changes changes, Target target, Json.Obj patch, String done) {
        if (!changes.printsObjects() && !changes.dry() && holds(of(target), patch)) {
            return;
        }
        var whole = Trees.set(Json.EMPTY, path(target), patch);
        changes.patch(target, Changes.STRATEGIC, whole, done);
    }

    /// Whether the tree has all that the patch says already.
    private static boolean holds(@Nullable Json there, Json patch) {
        return switch (patch) {
            case Json.Obj(var fields) ->
                    there instanceof Json.Obj known
                            && fields.entrySet().stream()
                                    .allMatch(field ->
                                            holds(known.get(field.getKey()), field.getValue()));
            case Json.Arr(var items) ->
                    there instanceof Json.Arr(var known)
                            && items.stream().allMatch(item -> anyHolds(known, item));
            case Json.Str s -> s.equals(there);
            case Json.Int i -> i.equals(there);
            case Json.Real r -> r.equals(there);
            case Json.Bool b -> b.equals(there);
            case Json.Null n -> false;
        };
    }

    private static boolean anyHolds(List<Json> known, Json item) {
        return known.stream().anyMatch(one -> holds(one, item));
    }

    /// Whether `word` is the container's name or a pattern such as `*` or `web-*`.
    static boolean matches(String pattern, String container) {
        return container.matches(pattern.replace(".", "\\.").replace("*", ".*"));
    }

    /// A patch of the containers that the pattern means; empty when it means none.
    static List<Json> containers(
            Json.Obj spec, String pattern, Function<Json.Obj, Json.Obj> change) {
        var changed = new ArrayList<Json>();
        for (var container : Trees.objects(spec, "containers")) {
            var name = container.text("name");
            if (matches(pattern, name)) {
                var fields = new LinkedHashMap<String, Json>();
                fields.put("name", Json.of(name));
                fields.putAll(change.apply(container).fields());
                changed.add(new Json.Obj(fields));
            }
        }
        return changed;
    }

    /// Objects and `a=b` settings of a command line, in any order.
    record Words(List<String> objects, Map<String, String> settings) {

        static Words of(List<String> arguments, boolean removals) {
            var objects = new ArrayList<String>();
            var settings = new LinkedHashMap<String, String>();
            for (var argument : arguments) {
                var equals = argument.indexOf('=');
                if (equals > 0) {
                    settings.put(argument.substring(0, equals), argument.substring(equals + 1));
                } else if (removals && argument.endsWith("-")) {
                    settings.put(argument, "");
                } else {
                    objects.add(argument);
                }
            }
            return new Words(objects, settings);
        }
    }
}
