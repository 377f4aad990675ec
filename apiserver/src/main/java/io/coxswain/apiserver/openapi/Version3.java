package io.coxswain.apiserver.openapi;

import io.coxswain.api.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes operations as OpenAPI 3.0 does.
final class Version3 {

    static final String REFS = "#/components/schemas/";

    private Version3() {}

    static Json.Obj document(Paths paths, Schemas schemas, String tag) {
        var items = new LinkedHashMap<String, Json>();
        paths.made().forEach((path, operations) -> items.put(path, item(operations, tag)));
        var info = new LinkedHashMap<String, Json>();
        info.put("title", Json.of("Kubernetes"));
        info.put("version", Json.of("v1.36.0"));
        var components = new LinkedHashMap<String, Json>();
        components.put("schemas", schemas.all());
        components.put("securitySchemes", Json.object(Map.of("BearerToken", bearer())));
        var document = new LinkedHashMap<String, Json>();
        document.put("openapi", Json.of("3.0.0"));
        document.put("info", new Json.Obj(info));
        document.put("paths", new Json.Obj(items));
        document.put("components", new Json.Obj(components));
        return new Json.Obj(document);
    }

    /// How clients say who they are.
    static Json.Obj bearer() {
        var fields = new LinkedHashMap<String, Json>();
        fields.put("type", Json.of("apiKey"));
        fields.put("description", Json.of("Bearer Token authentication"));
        fields.put("name", Json.of("authorization"));
        fields.put("in", Json.of("header"));
        return new Json.Obj(fields);
    }

    private static Json item(List<Operation> operations, String tag) {
        var fields = new LinkedHashMap<String, Json>();
        var shared = Paths.shared(operations);
        for (var operation : operations) {
            fields.put(operation.method(), operation(operation, shared, tag));
        }
        if (!shared.isEmpty()) {
            fields.put("parameters", parameters(shared));
        }
        return new Json.Obj(fields);
    }

    private static Json operation(Operation operation, List<Parameter> shared, String tag) {
        var fields = new LinkedHashMap<String, Json>();
        fields.put("tags", Json.array(List.of(Json.of(tag))));
        fields.put("operationId", Json.of(operation.id()));
        var own =
                operation.shape().parameters().stream()
                        .filter(parameter -> !shared.contains(parameter))
                        .toList();
        if (!own.isEmpty()) {
            fields.put("parameters", parameters(own));
        }
        if (!operation.shape().body().isEmpty()) {
            fields.put("requestBody", body(operation));
        }
        fields.put("responses", responses(operation));
        fields.putAll(operation.extensions());
        return new Json.Obj(fields);
    }

    private static Json body(Operation operation) {
        var fields = new LinkedHashMap<String, Json>();
        var content = new LinkedHashMap<String, Json>();
        for (var type : operation.consumes()) {
            content.put(type, schema(operation.shape().body()));
        }
        fields.put("content", new Json.Obj(content));
        if (!operation.method().equals("delete")) {
            fields.put("required", Json.of(true));
        }
        return new Json.Obj(fields);
    }

    private static Json responses(Operation operation) {
        var responses = new LinkedHashMap<String, Json>();
        for (var code : operation.shape().codes()) {
            var content = new LinkedHashMap<String, Json>();
            for (var type : operation.produces()) {
                content.put(type, schema(operation.shape().answer()));
            }
            var response = new LinkedHashMap<String, Json>();
            response.put("description", Json.of(reason(code)));
            response.put("content", new Json.Obj(content));
            responses.put(code.toString(), new Json.Obj(response));
        }
        responses.put("401", Json.object(Map.of("description", Json.of("Unauthorized"))));
        return new Json.Obj(responses);
    }

    static String reason(int code) {
        return switch (code) {
            case 201 -> "Created";
            case 202 -> "Accepted";
            default -> "OK";
        };
    }

    private static Json schema(String name) {
        var schema =
                name.isEmpty()
                        ? Schemas.typed("string", "")
                        : Json.object(Map.of("$ref", Json.of(REFS + name)));
        return Json.object(Map.of("schema", schema));
    }

    private static Json parameters(List<Parameter> parameters) {
        var all = new ArrayList<Json>();
        for (var parameter : parameters) {
            var fields = new LinkedHashMap<String, Json>();
            fields.put("name", Json.of(parameter.name()));
            fields.put("in", Json.of(parameter.in()));
            fields.put("description", Json.of(parameter.description()));
            if (parameter.inPath()) {
                fields.put("required", Json.of(true));
            }
            fields.put(
                    "schema",
                    Schemas.typed(parameter.type(), "").with("uniqueItems", Json.of(true)));
            all.add(new Json.Obj(fields));
        }
        return Json.array(all);
    }
}
