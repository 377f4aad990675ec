package io.coxswain.apiserver.crd;

import io.coxswain.api.json.Json;
import java.util.List;

/// Turns objects of one version of a kind into another.
public interface Converter {

    /// Strategy `None`: only the version changes.
    Converter NONE =
            (objects, version) ->
                    objects.stream().map(o -> o.with("apiVersion", Json.of(version))).toList();

    /// The same objects in the same order, all of `apiVersion`. Throws an
    /// [io.coxswain.api.schema.ApiError] when that cannot be.
    List<Json.Obj> convert(List<Json.Obj> objects, String apiVersion);
}
