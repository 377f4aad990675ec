package io.coxswain.api.apps;

import io.coxswain.api.json.Json;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Always;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.Required;
import io.coxswain.api.schema.Resource;
import org.jspecify.annotations.Nullable;

@Kind(group = "apps", version = "v1", plural = "controllerrevisions")
public record ControllerRevision(
        ObjectMeta metadata, @Nullable @Always Json data, @Required long revision)
        implements Resource {}
