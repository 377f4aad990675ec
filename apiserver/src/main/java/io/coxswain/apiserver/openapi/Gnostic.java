package io.coxswain.apiserver.openapi;

import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// The protobuf form of an OpenAPI v2 document that older clients download: the messages of
/// gnostic's `OpenAPIv2.proto`. Only what our own documents contain is translated.
final class Gnostic {

    private Gnostic() {}

    static byte[] document(Json.Obj document) {
        var info = document.object("info");
        var paths = new Message();
        document.object("paths")
                .fields()
                .forEach((name, path) -> paths.message(2, named(name, path(object(path)))));
        return new Message()
                .text(1, document.text("swagger"))
                .message(2, new Message().text(1, info.text("title")).text(2, info.text("version")))
                .message(8, paths)
                .message(9, schemas(document.object("definitions")))
                .encoded();
    }

    private static Message path(Json.Obj path) {
        var message = new Message();
        var numbers = Map.of("get", 2, "put", 3, "post", 4, "delete", 5, "patch", 8);
        path.fields()
                .forEach((name, value) -> {
                    var number = numbers.get(name);
                    if (number != null && value instanceof Json.Obj operation) {
                        message.message(number, operation(operation));
                    }
                });
        path.items("parameters").forEach(item -> message.message(9, parameter(object(item))));
        return message;
    }

    private static Message operation(Json.Obj operation) {
        var message = new Message().text(5, operation.text("operationId"));
        texts(message, 6, operation.items("produces"));
        texts(message, 7, operation.items("consumes"));
        operation.items("parameters").forEach(item -> message.message(8, parameter(object(item))));
        var responses = new Message();
        operation
                .object("responses")
                .fields()
                .forEach((code, response) ->
                        responses.message(1, named(code, response(object(response)))));
        message.message(9, responses);
        extensions(message, 13, operation);
        return message;
    }

    private static Message response(Json.Obj response) {
        var message = new Message().text(1, response.text("description"));
        if (response.get("schema") instanceof Json.Obj schema) {
            message.message(2, new Message().message(1, schema(schema)));
        }
        return new Message().message(1, message);
    }

    /// Wrapped in the two choices that the format puts around every parameter.
    private static Message parameter(Json.Obj parameter) {
        var required = parameter.get("required") instanceof Json.Bool(var yes) && yes;
        if (parameter.text("in").equals("body")) {
            var body =
                    new Message()
                            .text(1, parameter.text("description"))
                            .text(2, parameter.text("name"))
                            .text(3, "body")
                            .flag(4, required)
                            .message(5, schema(parameter.object("schema")));
            return new Message().message(1, new Message().message(1, body));
        }
        var inPath = parameter.text("in").equals("path");
        var plain =
                new Message()
                        .flag(1, required)
                        .text(2, parameter.text("in"))
                        .text(3, parameter.text("description"))
                        .text(4, parameter.text("name"))
                        .text(inPath ? 5 : 6, parameter.text("type"));
        var choice = new Message().message(inPath ? 4 : 3, plain);
        return new Message().message(1, new Message().message(2, choice));
    }

    private static Message schemas(Json.Obj byName) {
        var message = new Message();
        byName.fields()
                .forEach((name, schema) -> message.message(1, named(name, schema(object(schema)))));
        return message;
    }

    private static Message schema(Json.Obj schema) {
        var message =
                new Message()
                        .text(1, schema.text("$ref"))
                        .text(2, schema.text("format"))
                        .text(4, schema.text("description"));
        var standard = schema.get("default");
        if (standard != null) {
            message.message(5, any(standard));
        }
        texts(message, 19, schema.items("required"));
        schema.items("enum").forEach(choice -> message.message(20, any(choice)));
        if (schema.get("additionalProperties") instanceof Json.Obj values) {
            message.message(21, new Message().message(1, schema(values)));
        }
        if (!schema.text("type").isEmpty()) {
            message.message(22, new Message().text(1, schema.text("type")));
        }
        if (schema.get("items") instanceof Json.Obj items) {
            message.message(23, new Message().message(1, schema(items)));
        }
        if (schema.get("properties") instanceof Json.Obj properties) {
            message.message(25, schemas(properties));
        }
        extensions(message, 31, schema);
        return message;
    }

    /// Other servers' documents may have anything anywhere.
    private static Json.Obj object(Json value) {
        return value instanceof Json.Obj object ? object : Json.EMPTY;
    }

    private static Message named(String name, Message value) {
        return new Message().text(1, name).message(2, value);
    }

    private static void texts(Message message, int number, List<Json> texts) {
        for (var text : texts) {
            if (text instanceof Json.Str(var value)) {
                message.text(number, value);
            }
        }
    }

    private static void extensions(Message message, int number, Json.Obj from) {
        from.fields()
                .forEach((name, value) -> {
                    if (name.startsWith("x-")) {
                        message.message(number, named(name, any(value)));
                    }
                });
    }

    /// Any value, as YAML text, which JSON is.
    private static Message any(Json value) {
        return new Message()
                .text(2, new String(JsonWriter.write(value), StandardCharsets.UTF_8) + "\n");
    }
}
