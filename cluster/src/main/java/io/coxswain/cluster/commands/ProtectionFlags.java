package io.coxswain.cluster.commands;

import io.coxswain.apiserver.admission.AdmissionSettings;
import io.coxswain.base.flags.Flag;
import io.coxswain.cluster.Protection;
import io.coxswain.cluster.StartupException;
import java.nio.file.Path;
import java.util.List;

/// The flags about what is let in and how it is kept. The names are upstream's.
record ProtectionFlags(
        @Flag("Admission plugins to run beside the usual ones") List<String> enableAdmissionPlugins,
        @Flag("Admission plugins not to run") List<String> disableAdmissionPlugins,
        @Flag("A file that sets admission plugins up") String admissionControlConfigFile,
        @Flag("A file that says what is encrypted at rest, and how")
                String encryptionProviderConfig,
        @Flag("Whether changes of that file are taken over without a restart")
                boolean encryptionProviderConfigAutomaticReload) {

    /// Throws [StartupException] when one of them makes no sense.
    Protection protection() {
        return new Protection(
                encryptionProviderConfig.isEmpty() ? null : Path.of(encryptionProviderConfig),
                encryptionProviderConfigAutomaticReload,
                admission());
    }

    private AdmissionSettings admission() {
        try {
            return AdmissionSettings.of(
                    enableAdmissionPlugins, disableAdmissionPlugins, admissionControlConfigFile);
        } catch (IllegalArgumentException e) {
            throw new StartupException(String.valueOf(e.getMessage()));
        }
    }
}
