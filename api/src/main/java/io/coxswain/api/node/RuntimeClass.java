package io.coxswain.api.node;

import io.coxswain.api.core.Toleration;
import io.coxswain.api.core.pods.ResourceValidation;
import io.coxswain.api.core.pods.TolerationValidation;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Atomic;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.Quantity;
import io.coxswain.api.schema.Required;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Scope;
import io.coxswain.api.schema.Strategy;
import io.coxswain.api.validation.MetadataRules;
import io.coxswain.api.validation.Names;
import io.coxswain.api.validation.Values;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Kind(group = "node.k8s.io", version = "v1", plural = "runtimeclasses", scope = Scope.CLUSTER)
public record RuntimeClass(
        ObjectMeta metadata,
        @Required String handler,
        @Nullable Overhead overhead,
        @Nullable Scheduling scheduling)
        implements Resource {

    public record Overhead(Map<String, Quantity> podFixed) {}

    public record Scheduling(
            @Atomic Map<String, String> nodeSelector, List<Toleration> tolerations) {}

    public static final Strategy<RuntimeClass> STRATEGY =
            Strategy.<RuntimeClass>standard()
                    .withoutGeneration()
                    .validate(RuntimeClass::check)
                    .validateUpdate((old, updated, errors) ->
                            Values.immutable(
                                    old.handler(), updated.handler(), errors.at("handler")));

    private static void check(RuntimeClass kind, FieldErrors errors) {
        errors.at("handler").invalid(kind.handler(), Names.label(kind.handler()));
        var overhead = kind.overhead();
        if (overhead != null) {
            var at = errors.at("overhead").at("limits");
            overhead.podFixed()
                    .forEach((name, amount) ->
                            ResourceValidation.amount(name, amount, at.key(name)));
        }
        var scheduling = kind.scheduling();
        if (scheduling == null) {
            return;
        }
        var at = errors.at("scheduling");
        MetadataRules.labels(scheduling.nodeSelector(), at.at("nodeSelector"));
        TolerationValidation.check(scheduling.tolerations(), at.at("tolerations"));
        for (var i = 1; i < scheduling.tolerations().size(); i++) {
            var toleration = scheduling.tolerations().get(i);
            if (scheduling.tolerations().indexOf(toleration) < i) {
                at.at("tolerations").at(i).duplicate(toleration);
            }
        }
    }
}
