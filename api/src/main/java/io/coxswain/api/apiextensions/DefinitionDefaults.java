package io.coxswain.api.apiextensions;

import io.coxswain.api.apiextensions.CustomResourceDefinition.CustomResourceConversion;
import io.coxswain.api.apiextensions.CustomResourceDefinition.CustomResourceDefinitionNames;
import io.coxswain.api.apiextensions.CustomResourceDefinition.CustomResourceDefinitionSpec;
import io.coxswain.api.apiextensions.CustomResourceDefinition.CustomResourceDefinitionStatus;
import io.coxswain.api.apiextensions.CustomResourceDefinition.CustomResourceDefinitionVersion;
import io.coxswain.api.apiextensions.CustomResourceDefinition.ServiceReference;
import io.coxswain.api.apiextensions.CustomResourceDefinition.WebhookClientConfig;
import io.coxswain.api.apiextensions.CustomResourceDefinition.WebhookConversion;
import io.coxswain.api.schema.Edit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a definition is filled with, and what becomes of its status.
final class DefinitionDefaults {

    private static final int HTTPS = 443;

    private DefinitionDefaults() {}

    static CustomResourceDefinition apply(CustomResourceDefinition definition) {
        var spec =
                Edit.of(definition.spec())
                        .change(CustomResourceDefinitionSpec::names, DefinitionDefaults::names)
                        .change(
                                CustomResourceDefinitionSpec::conversion,
                                DefinitionDefaults::conversion)
                        .done();
        return Edit.with(definition, CustomResourceDefinition::spec, spec);
    }

    private static CustomResourceDefinitionNames names(CustomResourceDefinitionNames names) {
        if (names.kind().isEmpty()) {
            return names;
        }
        return Edit.of(names)
                .change(
                        CustomResourceDefinitionNames::singular,
                        text -> text.isEmpty() ? names.kind().toLowerCase(Locale.ROOT) : text)
                .change(
                        CustomResourceDefinitionNames::listKind,
                        text -> text.isEmpty() ? names.kind() + "List" : text)
                .done();
    }

    private static CustomResourceConversion conversion(
            @Nullable CustomResourceConversion conversion) {
        if (conversion == null) {
            return new CustomResourceConversion("None", null);
        }
        return Edit.of(conversion)
                .change(CustomResourceConversion::strategy, text -> text.isEmpty() ? "None" : text)
                .set(CustomResourceConversion::webhook, withPort(conversion.webhook()))
                .done();
    }

    private static @Nullable WebhookConversion withPort(@Nullable WebhookConversion webhook) {
        var client = webhook == null ? null : webhook.clientConfig();
        var service = client == null ? null : client.service();
        if (webhook == null || client == null || service == null || service.port() != null) {
            return webhook;
        }
        return Edit.with(
                webhook,
                WebhookConversion::clientConfig,
                Edit.with(
                        client,
                        WebhookClientConfig::service,
                        Edit.with(service, ServiceReference::port, HTTPS)));
    }

    /// A new definition has only the version that it stores.
    static CustomResourceDefinition created(CustomResourceDefinition definition) {
        return withStoredVersions(
                Edit.with(definition, CustomResourceDefinition::status, null), List.of());
    }

    /// Whatever was stored once stays listed until somebody has migrated it.
    static CustomResourceDefinition updated(
            CustomResourceDefinition old, CustomResourceDefinition updated) {
        return withStoredVersions(updated, old.status().storedVersions());
    }

    private static CustomResourceDefinition withStoredVersions(
            CustomResourceDefinition definition, List<String> before) {
        var stored = new ArrayList<>(before);
        definition.spec().versions().stream()
                .filter(CustomResourceDefinitionVersion::storage)
                .map(CustomResourceDefinitionVersion::name)
                .filter(name -> !stored.contains(name))
                .forEach(stored::add);
        return Edit.with(
                definition,
                CustomResourceDefinition::status,
                Edit.with(
                        definition.status(),
                        CustomResourceDefinitionStatus::storedVersions,
                        stored));
    }
}
