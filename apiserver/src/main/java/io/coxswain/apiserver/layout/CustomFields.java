package io.coxswain.apiserver.layout;

import io.coxswain.api.apiextensions.CustomResourceDefinition;
import io.coxswain.api.codec.Problems;
import io.coxswain.api.codec.RecordReader;
import io.coxswain.api.json.Json;
import io.coxswain.apiserver.crd.ValuePath;
import io.coxswain.storage.Header;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What can be selected by of custom objects, as far as their definitions have passed by: those are
/// read before the objects, being `apiextensions.k8s.io` in etcd and created first.
final class CustomFields {

    static final String DEFINITIONS = "customresourcedefinitions.apiextensions.k8s.io";

    private final Map<String, List<String>> selectable = new ConcurrentHashMap<>();

    /// Takes note of a definition.
    void learn(String resource, byte[] json) {
        var definition = RecordReader.read(CustomResourceDefinition.class, json, new Problems());
        var paths = new ArrayList<String>();
        for (var version : definition.spec().versions()) {
            if (version.storage()) {
                version.selectableFields().forEach(field -> paths.add(field.jsonPath()));
            }
        }
        selectable.put(resource, List.copyOf(paths));
    }

    Header header(String resource, Json.Obj tree) {
        var metadata = tree.object("metadata");
        var labels = new LinkedHashMap<String, String>();
        metadata.object("labels")
                .fields()
                .forEach((name, value) -> labels.put(name, ValuePath.text(value)));
        var fields = new LinkedHashMap<String, String>();
        for (var path : selectable.getOrDefault(resource, List.of())) {
            var value = ValuePath.parse(path).first(tree);
            fields.put(path.startsWith(".") ? path.substring(1) : path, text(value));
        }
        return new Header(
                metadata.text("uid"), Map.copyOf(labels), Map.copyOf(fields), owners(metadata));
    }

    private static List<String> owners(Json.Obj metadata) {
        var owners = new ArrayList<String>();
        if (metadata.get("ownerReferences") instanceof Json.Arr references) {
            for (var reference : references.items()) {
                if (reference instanceof Json.Obj owner) {
                    owners.add(owner.text("uid"));
                }
            }
        }
        return List.copyOf(owners);
    }

    private static String text(@Nullable Json value) {
        return value == null || value instanceof Json.Null ? "" : ValuePath.text(value);
    }
}
