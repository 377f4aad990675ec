package io.coxswain.cluster;

import io.coxswain.apiserver.admission.AdmissionSettings;
import io.coxswain.apiserver.encryption.EncryptionFile;
import io.coxswain.base.Clock;
import io.coxswain.cluster.kms.KmsClient;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What is let in, and how it is kept.
///
/// @param encryption the file that says what is encrypted at rest; null for nothing
/// @param admission which admission plugins run
/// @param reloads whether changes of that file are taken over
public record Protection(@Nullable Path encryption, boolean reloads, AdmissionSettings admission) {

    public static final Protection NONE = new Protection(null, false, AdmissionSettings.DEFAULT);

    /// Throws [StartupException] when the file cannot be used.
    @Nullable EncryptionFile open(Clock clock) {
        if (encryption == null) {
            return null;
        }
        try {
            return new EncryptionFile(encryption, reloads, KmsClient::connect, clock);
        } catch (IllegalArgumentException e) {
            throw new StartupException("--encryption-provider-config: " + e.getMessage());
        }
    }
}
