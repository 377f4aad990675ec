package io.coxswain.cli.resource;

import io.coxswain.api.json.Json;
import io.coxswain.cli.server.ResourceType;

/// One object that a command is about.
///
/// @param namespace empty for cluster-scoped objects
/// @param object from the file or the server; the empty one when only its name is known
/// @param source the file; empty when it was named on the command line
public record Target(
        ResourceType type, String namespace, String name, Json.Obj object, String source) {

    public String path() {
        return type.path(namespace, name);
    }

    public String collection() {
        return type.path(namespace);
    }

    /// `deployment.apps/web`.
    public String printed() {
        return type.printed(name);
    }

    public Target with(Json.Obj other) {
        return new Target(type, namespace, name, other, source);
    }
}
