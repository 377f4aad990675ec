package io.coxswain.cli;

import io.coxswain.api.json.DecodeError;
import io.coxswain.api.schema.ApiError;
import io.coxswain.base.flags.UsageError;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// What kubectl says about a failure.
public final class ErrorText {

    private ErrorText() {}

    /// @param command what was called, such as `create deployment`
    /// @param address of the server, as `host:port`
    public static String of(Throwable failure, String command, String address) {
        return switch (failure) {
            case UsageError usage ->
                    "Error: "
                            + usage.getMessage()
                            + "\nSee 'kubectl "
                            + (command.isEmpty() ? "" : command + " ")
                            + "--help' for usage.";
            case Failures several ->
                    several.all().stream()
                            .map(one -> inList(one, address))
                            .collect(Collectors.joining("\n"));
            case RuntimeException other -> {
                var standard = standard(other, address);
                yield standard == null ? prefixed(String.valueOf(other.getMessage())) : standard;
            }
            default -> prefixed(String.valueOf(failure.getMessage()));
        };
    }

    private static String prefixed(String message) {
        return message.isEmpty() || message.startsWith("error: ") ? message : "error: " + message;
    }

    private static String inList(RuntimeException failure, String address) {
        var standard = standard(failure, address);
        return standard == null ? String.valueOf(failure.getMessage()) : standard;
    }

    private static @Nullable String standard(RuntimeException failure, String address) {
        return switch (failure) {
            case ApiError error -> status(error);
            case UncheckedIOException lost -> connection(lost, address);
            case DecodeError garbled -> "Unable to connect to the server: " + garbled.getMessage();
            case RuntimeException other -> null;
        };
    }

    private static String status(ApiError error) {
        var status = error.status();
        if (error.reason().equals("Invalid")) {
            return invalid(error);
        }
        if (error.reason().equals("Unauthorized")) {
            return "error: You must be logged in to the server (" + status.message() + ")";
        }
        return error.reason().isEmpty()
                ? "Error from server: " + status.message()
                : "Error from server (" + error.reason() + "): " + status.message();
    }

    private static String invalid(ApiError error) {
        var details = error.status().details();
        if (details == null) {
            return "The request is invalid: " + error.status().message();
        }
        var text = "The request is invalid";
        if (!details.kind().isEmpty() || !details.name().isEmpty()) {
            text = "The " + details.kind() + " \"" + details.name() + "\" is invalid";
        } else if (details.causes().isEmpty()) {
            text += ": " + error.status().message();
        }
        var causes = new LinkedHashSet<String>();
        details.causes().forEach(cause -> causes.add(cause.field() + ": " + cause.message()));
        return causes.isEmpty() ? text : text + ": " + causes(List.copyOf(causes));
    }

    private static String causes(List<String> causes) {
        return causes.size() == 1
                ? causes.getFirst()
                : causes.stream().map(c -> "\n* " + c).collect(Collectors.joining());
    }

    private static String connection(UncheckedIOException lost, String address) {
        for (Throwable at = lost; at != null; at = at.getCause()) {
            if (at instanceof ConnectException) {
                return "The connection to the server "
                        + address
                        + " was refused - did you specify the right host or port?";
            }
            if (at instanceof SSLException) {
                return "Unable to connect to the server: tls: " + tls(at);
            }
        }
        var cause = lost.getCause();
        return "Unable to connect to the server: "
                + (cause == null ? lost.getMessage() : cause.getMessage());
    }

    private static String tls(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (String.valueOf(at.getMessage()).contains("unable to find valid certification path")
                    || String.valueOf(at.getMessage()).contains("CERTIFICATE_VERIFY_FAILED")) {
                return "failed to verify certificate: x509: certificate signed by unknown"
                        + " authority";
            }
        }
        return String.valueOf(failure.getMessage());
    }
}
