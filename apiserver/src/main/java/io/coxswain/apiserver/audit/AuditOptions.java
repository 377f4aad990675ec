package io.coxswain.apiserver.audit;

import io.coxswain.apiserver.config.ConfigurationFile;
import io.coxswain.apiserver.config.KubeconfigServer;
import io.coxswain.base.Clock;
import io.coxswain.base.Loops;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How audit is asked for; the flags of `kube-apiserver`.
///
/// @param policy the file; null for no audit at all
/// @param log null for none
/// @param webhook null for none
public record AuditOptions(@Nullable Path policy, @Nullable Log log, @Nullable Webhook webhook) {

    public static final AuditOptions NONE = new AuditOptions(null, null, null);

    private static final List<String> MODES = List.of("batch", "blocking", "blocking-strict");

    /// How events reach a sink.
    ///
    /// @param mode `batch`, `blocking` or `blocking-strict`
    public record Delivery(String mode, BatchingSink.Limits limits) {}

    /// @param path `-` for the standard output
    public record Log(String path, boolean json, RotatingFile.Limits limits, Delivery delivery) {}

    /// @param kubeconfig where the server is
    public record Webhook(Path kubeconfig, Duration backoff, Delivery delivery) {}

    /// Everything that is configured, started; null without a policy or without anybody to tell.
    /// Throws [ConfigurationFile.Invalid].
    public @Nullable Audit start(Loops loops) {
        if (policy == null) {
            return null;
        }
        var parsed = policy(policy);
        var sinks = new ArrayList<AuditSink>();
        if (log != null) {
            sinks.add(delivered(logSink(log, loops.clock()), log.delivery(), loops));
        }
        if (webhook != null) {
            var server = KubeconfigServer.read(webhook.kubeconfig(), Duration.ofSeconds(30));
            var sink = new WebhookSink(server, webhook.backoff(), loops.clock());
            sinks.add(delivered(sink, webhook.delivery(), loops));
        }
        return sinks.isEmpty()
                ? null
                : new Audit(parsed, new SeveralSinks(List.copyOf(sinks)), loops.clock());
    }

    private static AuditPolicy policy(Path file) {
        try {
            return PolicyFile.parse(ConfigurationFile.text(file));
        } catch (ConfigurationFile.Invalid e) {
            throw new ConfigurationFile.Invalid(
                    "loading audit policy file: " + file + ": " + e.getMessage());
        }
    }

    private static AuditSink delivered(AuditSink sink, Delivery delivery, Loops loops) {
        if (!MODES.contains(delivery.mode())) {
            throw new ConfigurationFile.Invalid(
                    "invalid audit mode "
                            + delivery.mode()
                            + ", allowed modes are \""
                            + String.join(",", MODES)
                            + "\"");
        }
        return switch (delivery.mode()) {
            case "blocking-strict" -> sink;
            case "blocking" -> new LenientSink(sink);
            default -> {
                var batching = new BatchingSink(sink, delivery.limits(), loops.clock());
                batching.start(loops);
                yield batching;
            }
        };
    }

    /// The standard output, which outlives an audit log that ends.
    private static final class StandardOutput extends FileOutputStream {
        StandardOutput() {
            super(FileDescriptor.out);
        }

        @Override
        public void close() {}
    }

    private static AuditSink logSink(Log log, Clock clock) {
        try {
            var out =
                    log.path().equals("-")
                            ? new StandardOutput()
                            : new RotatingFile(Path.of(log.path()), log.limits(), clock);
            return new LogSink(out, log.json());
        } catch (IOException e) {
            throw new ConfigurationFile.Invalid("--audit-log-path " + log.path() + ": " + e);
        }
    }
}
