package io.coxswain.cli.resource;

import io.coxswain.api.json.Json;
import io.coxswain.cli.server.Trees;

/// An object as a file describes it.
///
/// @param source the file, `STDIN` for standard input
public record Manifest(String source, Json.Obj object) {

    public String apiVersion() {
        return object.text("apiVersion");
    }

    public String kind() {
        return object.text("kind");
    }

    public String name() {
        return Trees.name(object);
    }
}
