package io.coxswain.api.apps;

import io.coxswain.api.json.Json;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Always;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.Opaque;
import io.coxswain.api.schema.Required;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Strategy;
import io.coxswain.api.validation.Values;
import org.jspecify.annotations.Nullable;

@Kind(group = "apps", version = "v1", plural = "controllerrevisions")
public record ControllerRevision(
        ObjectMeta metadata, @Nullable @Always @Opaque Json data, @Required long revision)
        implements Resource {
    public static final Strategy<ControllerRevision> STRATEGY =
            Strategy.<ControllerRevision>standard()
                    .withoutGeneration()
                    .validate((revision, errors) ->
                            Values.nonNegative(revision.revision(), errors.at("revision")))
                    .validateUpdate((old, updated, errors) ->
                            Values.immutable(old.data(), updated.data(), errors.at("data")));
}
