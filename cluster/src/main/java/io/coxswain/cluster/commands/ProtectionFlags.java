package io.coxswain.cluster.commands;

import io.coxswain.base.flags.Flag;
import io.coxswain.cluster.Protection;
import java.nio.file.Path;

/// The flags about what is stored. The names are upstream's.
record ProtectionFlags(
        @Flag("A file that says what is encrypted at rest, and how")
                String encryptionProviderConfig,
        @Flag("Whether changes of that file are taken over without a restart")
                boolean encryptionProviderConfigAutomaticReload) {

    Protection protection() {
        return encryptionProviderConfig.isEmpty()
                ? Protection.NONE
                : new Protection(
                        Path.of(encryptionProviderConfig), encryptionProviderConfigAutomaticReload);
    }
}
