package io.coxswain.apiserver.openapi;

import io.coxswain.api.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes operations as OpenAPI 2.0 does.
final class Version2 {

    static final String REFS = "#/definitions/";

    private Version2() {}

    static Json.Obj document(Map<String, Json> paths, Schemas schemas) {
        var info = new LinkedHashMap<String, Json>();
        info.put("title", Json.of("Kubernetes"));
        info.put("version", Json.of("v1.36.0"));
        var fields = new LinkedHashMap<String, Json>();
        fields.put("swagger", Json.of("2.0"));
        fields.put("info", new Json.Obj(info));
        fields.put("paths", Json.object(paths));
        fields.put("definitions", schemas.all());
        fields.put("securityDefinitions", Json.object(Map.of("BearerToken", Version3.bearer())));
        var security = Json.object(Map.of("BearerToken", Json.array(List.of())));
        fields.put("security", Json.array(List.of(security)));
        return new Json.Obj(fields);
    }

    static Json.Obj item(List<Operation> operations, String tag) {
        var fields = new LinkedHashMap<String, Json>();
        var shared = Paths.shared(operations);
        for (var operation : operations) {
            fields.put(operation.method(), operation(operation, shared, tag));
        }
        if (!shared.isEmpty()) {
            fields.put("parameters", Json.array(shared.stream().map(Version2::parameter).toList()));
        }
        return new Json.Obj(fields);
    }

    private static Json operation(Operation operation, List<Parameter> shared, String tag) {
        var fields = new LinkedHashMap<String, Json>();
        fields.put("consumes", strings(operation.consumes()));
        fields.put("produces", strings(operation.produces()));
        fields.put("schemes", strings(List.of("https")));
        fields.put("tags", strings(List.of(tag)));
        fields.put("operationId", Json.of(operation.id()));
        var parameters = new ArrayList<Json>();
        if (!operation.shape().body().isEmpty()) {
            parameters.add(body(operation));
        }
        operation.shape().parameters().stream()
                .filter(parameter -> !shared.contains(parameter))
                .forEach(parameter -> parameters.add(parameter(parameter)));
        if (!parameters.isEmpty()) {
            fields.put("parameters", Json.array(parameters));
        }
        fields.put("responses", responses(operation));
        fields.putAll(operation.extensions());
        return new Json.Obj(fields);
    }

    private static Json responses(Operation operation) {
        var responses = new LinkedHashMap<String, Json>();
        for (var code : operation.shape().codes()) {
            var response = new LinkedHashMap<String, Json>();
            response.put("description", Json.of(Version3.reason(code)));
            response.put("schema", schema(operation.shape().answer()));
            responses.put(code.toString(), new Json.Obj(response));
        }
        responses.put("401", Json.object(Map.of("description", Json.of("Unauthorized"))));
        return new Json.Obj(responses);
    }

    private static Json body(Operation operation) {
        var fields = new LinkedHashMap<String, Json>();
        fields.put("name", Json.of("body"));
        fields.put("in", Json.of("body"));
        if (!operation.method().equals("delete")) {
            fields.put("required", Json.of(true));
        }
        fields.put("schema", schema(operation.shape().body()));
        return new Json.Obj(fields);
    }

    private static Json schema(String name) {
        return name.isEmpty()
                ? Schemas.typed("string", "")
                : Json.object(Map.of("$ref", Json.of(REFS + name)));
    }

    private static Json parameter(Parameter parameter) {
        var fields = new LinkedHashMap<String, Json>();
        fields.put("uniqueItems", Json.of(true));
        fields.put("type", Json.of(parameter.type()));
        fields.put("description", Json.of(parameter.description()));
        fields.put("name", Json.of(parameter.name()));
        fields.put("in", Json.of(parameter.in()));
        if (parameter.inPath()) {
            fields.put("required", Json.of(true));
        }
        return new Json.Obj(fields);
    }

    private static Json strings(List<String> values) {
        return Json.array(values.stream().map(Json::of).toList());
    }
}
