package io.coxswain.cluster.commands;

import io.coxswain.apiserver.audit.AuditOptions;
import io.coxswain.apiserver.audit.AuditOptions.Delivery;
import io.coxswain.apiserver.audit.BatchingSink;
import io.coxswain.apiserver.audit.RotatingFile;
import io.coxswain.base.flags.Flag;
import io.coxswain.cluster.StartupException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The flags about what is written down. The names are upstream's.
record AuditFlags(
        @Flag("What to write down about which requests; nothing without it") String auditPolicyFile,
        @Flag("The file to write it to; - for the standard output") String auditLogPath,
        @Flag("How many days old files are kept; 0 for ever") int auditLogMaxage,
        @Flag("How many old files are kept; 0 for all") int auditLogMaxbackup,
        @Flag("At how many megabytes a new file is begun; 0 for 100") int auditLogMaxsize,
        @Flag("Whether old files are compressed with gzip") boolean auditLogCompress,
        @Flag(value = "json or legacy", def = "json") String auditLogFormat,
        @Flag(value = "batch, blocking or blocking-strict", def = "blocking") String auditLogMode,
        @Flag(value = "How many events may wait for the file", def = "10000")
                int auditLogBatchBufferSize,
        @Flag(value = "How many are written at once", def = "1") int auditLogBatchMaxSize,
        @Flag(value = "How long the first of them waits", def = "0s") Duration auditLogBatchMaxWait,
        @Flag("A kubeconfig of the server to send it to") String auditWebhookConfigFile,
        @Flag(value = "batch, blocking or blocking-strict", def = "batch") String auditWebhookMode,
        @Flag(value = "How long to wait before a second try", def = "10s")
                Duration auditWebhookInitialBackoff,
        @Flag(value = "How many events may wait for the server", def = "10000")
                int auditWebhookBatchBufferSize,
        @Flag(value = "How many are sent at once", def = "400") int auditWebhookBatchMaxSize,
        @Flag(value = "How long the first of them waits", def = "30s")
                Duration auditWebhookBatchMaxWait,
        @Flag(value = "Whether batches are held back", def = "true")
                boolean auditWebhookBatchThrottleEnable,
        @Flag(value = "How many batches a second are sent", def = "10")
                int auditWebhookBatchThrottleQps,
        @Flag(value = "How many batches may be sent at once", def = "15")
                int auditWebhookBatchThrottleBurst) {

    AuditOptions options() {
        return new AuditOptions(
                auditPolicyFile.isEmpty() ? null : Path.of(auditPolicyFile), log(), webhook());
    }

    private AuditOptions.@Nullable Log log() {
        if (auditLogPath.isEmpty()) {
            return null;
        }
        if (!List.of("json", "legacy").contains(auditLogFormat)) {
            throw new StartupException(
                    "invalid audit log format "
                            + auditLogFormat
                            + ", allowed formats are \"legacy,json\"");
        }
        return new AuditOptions.Log(
                auditLogPath,
                auditLogFormat.equals("json"),
                new RotatingFile.Limits(
                        (long) auditLogMaxsize << 20,
                        auditLogMaxage,
                        auditLogMaxbackup,
                        auditLogCompress),
                new Delivery(
                        auditLogMode,
                        new BatchingSink.Limits(
                                auditLogBatchBufferSize,
                                auditLogBatchMaxSize,
                                auditLogBatchMaxWait,
                                0,
                                0)));
    }

    private AuditOptions.@Nullable Webhook webhook() {
        if (auditWebhookConfigFile.isEmpty()) {
            return null;
        }
        return new AuditOptions.Webhook(
                Path.of(auditWebhookConfigFile),
                auditWebhookInitialBackoff,
                new Delivery(
                        auditWebhookMode,
                        new BatchingSink.Limits(
                                auditWebhookBatchBufferSize,
                                auditWebhookBatchMaxSize,
                                auditWebhookBatchMaxWait,
                                auditWebhookBatchThrottleEnable ? auditWebhookBatchThrottleQps : 0,
                                auditWebhookBatchThrottleBurst)));
    }
}
