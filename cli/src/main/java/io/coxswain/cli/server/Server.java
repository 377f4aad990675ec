package io.coxswain.cli.server;

import io.coxswain.api.codec.RecordReader;
import io.coxswain.api.json.DecodeError;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonReader;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.api.meta.Status;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.Errors;
import io.coxswain.http.Exchange;
import io.coxswain.http.Headers;
import io.coxswain.http.Payload;
import io.coxswain.http.Query;
import io.coxswain.http.Request;
import io.coxswain.http.Response;
import io.coxswain.http.Transport;
import io.coxswain.http.Upgrade;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Sends requests and reads answers as trees. Throws [ApiError] for an answer that is a failure;
/// shows the warnings that come with any answer, each once.
public final class Server implements AutoCloseable {

    public static final String JSON = "application/json";
    private static final String AGENT = "kubectl/v1.36.0 (linux/amd64) coxswain";

    private final Transport transport;
    private final PrintStream warnings;
    private final Set<String> warned = new HashSet<>();

    public Server(Transport transport, PrintStream warnings) {
        this.transport = transport;
        this.warnings = warnings;
    }

    public Json.Obj get(String path) {
        return get(path, Query.EMPTY, JSON);
    }

    public Json.Obj get(String path, String accept) {
        return get(path, Query.EMPTY, accept);
    }

    public Json.Obj get(String path, Query query) {
        return get(path, query, JSON);
    }

    public Json.Obj get(String path, Query query, String accept) {
        return tree(send(Request.get(path).withQuery(query).withHeader("accept", accept)));
    }

    /// The object at a path, or null when there is none.
    public Json.@Nullable Obj find(String path) {
        try {
            return get(path);
        } catch (ApiError e) {
            if (e.notFound()) {
                return null;
            }
            throw e;
        }
    }

    public String text(String path, Query query) {
        return send(Request.get(path).withQuery(query).withHeader("accept", "*/*")).text();
    }

    public Json.Obj post(String path, Query query, Json body) {
        return tree(send(body("POST", path, query, JSON, body)));
    }

    public Json.Obj put(String path, Query query, Json body) {
        return tree(send(body("PUT", path, query, JSON, body)));
    }

    public Json.Obj patch(String path, Query query, String contentType, Json body) {
        return tree(send(body("PATCH", path, query, contentType, body)));
    }

    public Json.Obj delete(String path, Json options) {
        return tree(send(body("DELETE", path, Query.EMPTY, JSON, options)));
    }

    private static Request body(
            String method, String path, Query query, String contentType, Json body) {
        return Request.of(method, path)
                .withQuery(query)
                .withHeader("accept", JSON)
                .withBody(contentType, Payload.of(JsonWriter.write(body)));
    }

    private Payload send(Request request) {
        return open(request).full().body();
    }

    /// The answer while it arrives: watches and logs.
    public Exchange open(Request request) {
        var exchange = transport.open(request.withHeader("user-agent", AGENT));
        exchange.headers().all("warning").forEach(this::warn);
        if (exchange.status() / 100 != 2) {
            throw failure(exchange.full(), request);
        }
        return exchange;
    }

    /// Takes over a connection. Throws [ApiError] when the server does not want to.
    public Upgrade.Accepted upgrade(Request request) {
        return switch (transport.upgrade(request.withHeader("user-agent", AGENT))) {
            case Upgrade.Accepted accepted -> accepted;
            case Upgrade.Refused(var answer) -> throw failure(answer, request);
        };
    }

    private static Json.Obj tree(Payload body) {
        return body.source() instanceof Json.Obj tree ? tree : JsonReader.readObject(body.bytes());
    }

    private void warn(String header) {
        var start = header.indexOf('"');
        var end = header.lastIndexOf('"');
        if (start >= 0 && end > start && warned.add(header)) {
            var text = header.substring(start + 1, end).replace("\\\"", "\"");
            warnings.println("Warning: " + text.replace("\\\\", "\\"));
        }
    }

    /// How many different warnings came.
    public int warnings() {
        return warned.size();
    }

    static ApiError failure(Response.Full answer, Request request) {
        try {
            var status = RecordReader.read(Status.class, answer.body().bytes());
            if (status.code() != 0) {
                return new ApiError(status);
            }
        } catch (DecodeError none) {
            return generic(answer.status(), answer.body().text(), request);
        }
        return generic(answer.status(), answer.body().text(), request);
    }

    /// What client-go makes of an answer that is no `Status`.
    private static ApiError generic(int code, String text, Request request) {
        return switch (code) {
            case 401 ->
                    Errors.of(
                            code,
                            "Unauthorized",
                            "the server has asked for the client to provide credentials",
                            null);
            case 403 -> Errors.of(code, "Forbidden", text.strip(), null);
            case 404 ->
                    Errors.of(
                            code,
                            "NotFound",
                            "the server could not find the requested resource" + what(request),
                            null);
            case 405 ->
                    Errors.of(
                            code,
                            "MethodNotAllowed",
                            "the server does not allow this method on the requested resource"
                                    + what(request),
                            null);
            case 503 ->
                    Errors.of(
                            code,
                            "ServiceUnavailable",
                            "the server is currently unable to handle the request",
                            null);
            default ->
                    Errors.of(
                            code,
                            code >= 500 ? "InternalError" : "",
                            "an error on the server (\""
                                    + text.strip()
                                    + "\") has prevented the request from succeeding ("
                                    + request.method().toLowerCase(java.util.Locale.ROOT)
                                    + " "
                                    + request.path()
                                    + ")",
                            null);
        };
    }

    /// ` (get deployments.apps web)`; nothing for a path that is no resource's.
    private static String what(Request request) {
        var words = new ArrayList<>(List.of(request.path().substring(1).split("/")));
        var first = words.removeFirst();
        if (words.size() < 2 || !(first.equals("api") || first.equals("apis"))) {
            return "";
        }
        var group = first.equals("api") ? "" : "." + words.removeFirst();
        words.removeFirst();
        if (words.size() > 2 && words.getFirst().equals("namespaces")) {
            words.subList(0, 2).clear();
        }
        if (words.isEmpty()) {
            return "";
        }
        var verb =
                switch (request.method()) {
                    case "PATCH" -> "patch";
                    case "PUT" -> "put";
                    case "POST" -> "post";
                    case "DELETE" -> "delete";
                    default -> "get";
                };
        var name = words.size() > 1 ? " " + words.get(1) : "";
        return " (" + verb + " " + words.getFirst() + group + name + ")";
    }

    /// The headers of `offer` as a request to take over the connection.
    public static Request upgradeRequest(String method, String path, Query query, Headers offer) {
        return Request.of(method, path).withQuery(query).withHeaders(offer);
    }

    @Override
    public void close() {
        transport.close();
    }
}
