package io.coxswain.apiserver.remote;

import io.coxswain.api.json.DecodeError;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonReader;
import io.coxswain.api.json.JsonWriter;
import java.nio.charset.StandardCharsets;

/// What a server's refusal means, as Kubernetes' clients put it.
final class ServerErrors {

    private static final int SHOWN_MAX = 2048;

    private ServerErrors() {}

    static String text(int status, byte[] body) {
        var said = new String(body, StandardCharsets.UTF_8).strip();
        var shown = said.length() > SHOWN_MAX ? said.substring(0, SHOWN_MAX) : said;
        var own = statusMessage(body);
        if (!own.isEmpty()) {
            return own;
        }
        return switch (status) {
            case 400 -> "the server rejected our request for an unknown reason";
            case 401 -> "the server has asked for the client to provide credentials";
            case 403 ->
                    shown.isEmpty()
                            ? "the server does not allow access to the requested resource"
                            : shown;
            case 404 -> "the server could not find the requested resource";
            case 405 -> "the server does not allow this method on the requested resource";
            case 406 ->
                    "the server was unable to respond with a content type that the client"
                            + " supports";
            case 409 -> "the server reported a conflict";
            case 415 ->
                    "the server was unable to process the request because it was in an"
                            + " unsupported format";
            case 422 -> "the server rejected our request due to an error in our request";
            case 429 ->
                    "the server has received too many requests and has asked us to try again"
                            + " later";
            case 503 -> "the server is currently unable to handle the request";
            case 504 ->
                    "the server was unable to return a response in the time allotted, but may"
                            + " still be processing the request";
            default ->
                    status >= 500
                            ? "an error on the server ("
                                    + quoted(shown)
                                    + ") has prevented the request from succeeding"
                            : "the server responded with the status code "
                                    + status
                                    + " but did not return more information";
        };
    }

    private static String quoted(String text) {
        return new String(
                JsonWriter.write(Json.of(text.isEmpty() ? "unknown" : text)),
                StandardCharsets.UTF_8);
    }

    private static String statusMessage(byte[] body) {
        try {
            var tree = JsonReader.readObject(body);
            return tree.text("kind").equals("Status") ? tree.text("message") : "";
        } catch (DecodeError e) {
            return "";
        }
    }
}
