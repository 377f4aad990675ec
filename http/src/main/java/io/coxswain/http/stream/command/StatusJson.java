package io.coxswain.http.stream.command;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An [ExitStatus] as the `Status` object that protocol v4 and later send on the error channel.
final class StatusJson {

    private static final String INTERNAL = "Internal error occurred: ";

    private StatusJson() {}

    static String write(ExitStatus status) {
        return switch (status) {
            case ExitStatus.Success() -> "{\"metadata\":{},\"status\":\"Success\"}";
            case ExitStatus.Exited(var code, var message) ->
                    failure(message, "NonZeroExitCode", cause("ExitCode", "" + code), "");
            case ExitStatus.Failed(var message) ->
                    failure(message, "InternalError", cause("", inner(message)), ",\"code\":500");
        };
    }

    private static String failure(String message, String reason, String cause, String code) {
        return "{\"metadata\":{},\"status\":\"Failure\",\"message\":"
                + SmallJson.quote(message)
                + ",\"reason\":\""
                + reason
                + "\",\"details\":{\"causes\":["
                + cause
                + "]}"
                + code
                + "}";
    }

    private static String cause(String reason, String message) {
        var start = reason.isEmpty() ? "{" : "{\"reason\":\"" + reason + "\",";
        return start + "\"message\":" + SmallJson.quote(message) + "}";
    }

    private static String inner(String message) {
        return message.startsWith(INTERNAL) ? message.substring(INTERNAL.length()) : message;
    }

    /// Reads what came on the error channel; text that is no Status is a message of failure, as
    /// protocols before v4 send it. Nothing at all is success.
    static ExitStatus read(String text) {
        if (text.isBlank()) {
            return new ExitStatus.Success();
        }
        if (!(SmallJson.parseOrNull(text) instanceof Map<?, ?> status)
                || !(status.get("status") instanceof String outcome)) {
            return new ExitStatus.Failed(text.strip());
        }
        if (outcome.equals("Success")) {
            return new ExitStatus.Success();
        }
        var message = status.get("message") instanceof String words ? words : text;
        var code = "NonZeroExitCode".equals(status.get("reason")) ? exitCode(status) : null;
        return code == null ? new ExitStatus.Failed(message) : new ExitStatus.Exited(code, message);
    }

    private static @Nullable Integer exitCode(Map<?, ?> status) {
        if (!(status.get("details") instanceof Map<?, ?> details)
                || !(details.get("causes") instanceof List<?> causes)) {
            return null;
        }
        for (Iterator<?> all = causes.iterator(); all.hasNext(); ) {
            if (all.next() instanceof Map<?, ?> cause
                    && "ExitCode".equals(cause.get("reason"))
                    && cause.get("message") instanceof String code) {
                return number(code);
            }
        }
        return null;
    }

    private static @Nullable Integer number(String text) {
        try {
            return Integer.valueOf(text);
        } catch (NumberFormatException malformed) {
            return null;
        }
    }
}
