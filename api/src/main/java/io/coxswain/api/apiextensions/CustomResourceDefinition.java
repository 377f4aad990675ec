package io.coxswain.api.apiextensions;

import io.coxswain.api.json.Json;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Always;
import io.coxswain.api.schema.Gate;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.ListMap;
import io.coxswain.api.schema.Name;
import io.coxswain.api.schema.OneOf;
import io.coxswain.api.schema.Opaque;
import io.coxswain.api.schema.PatchReplace;
import io.coxswain.api.schema.Required;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Scope;
import io.coxswain.api.schema.Strategy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Kind(
        group = "apiextensions.k8s.io",
        version = "v1",
        plural = "customresourcedefinitions",
        shortNames = {"crd", "crds"},
        categories = "api-extensions",
        scope = Scope.CLUSTER)
public record CustomResourceDefinition(
        ObjectMeta metadata,
        @Required CustomResourceDefinitionSpec spec,
        CustomResourceDefinitionStatus status)
        implements Resource {

    public record CustomResourceDefinitionSpec(
            @Required String group,
            @Required CustomResourceDefinitionNames names,
            @Required String scope,
            @Required List<CustomResourceDefinitionVersion> versions,
            @Nullable CustomResourceConversion conversion,
            boolean preserveUnknownFields) {}

    public record CustomResourceDefinitionNames(
            @Required String plural,
            String singular,
            List<String> shortNames,
            @Required String kind,
            String listKind,
            List<String> categories) {}

    public record CustomResourceDefinitionVersion(
            @Required String name,
            @Required boolean served,
            @Required boolean storage,
            boolean deprecated,
            @Nullable String deprecationWarning,
            @Nullable CustomResourceValidation schema,
            @Nullable CustomResourceSubresources subresources,
            List<CustomResourceColumnDefinition> additionalPrinterColumns,
            @Gate("CustomResourceFieldSelectors") List<SelectableField> selectableFields) {}

    public record CustomResourceValidation(@Nullable JSONSchemaProps openAPIV3Schema) {}

    public record JSONSchemaProps(
            String id,
            @Name("$schema") String schema,
            @Name("$ref") @Nullable String ref,
            String description,
            String type,
            String format,
            String title,
            @Name("default") @Nullable @Opaque Json default_,
            @Nullable Double maximum,
            boolean exclusiveMaximum,
            @Nullable Double minimum,
            boolean exclusiveMinimum,
            @Nullable Long maxLength,
            @Nullable Long minLength,
            String pattern,
            @Nullable Long maxItems,
            @Nullable Long minItems,
            boolean uniqueItems,
            @Nullable Double multipleOf,
            @Name("enum") List<Json> enum_,
            @Nullable Long maxProperties,
            @Nullable Long minProperties,
            List<String> required,
            @Nullable Json items,
            List<JSONSchemaProps> allOf,
            List<JSONSchemaProps> oneOf,
            List<JSONSchemaProps> anyOf,
            @Nullable JSONSchemaProps not,
            Map<String, JSONSchemaProps> properties,
            @Nullable Json additionalProperties,
            Map<String, JSONSchemaProps> patternProperties,
            Map<String, Json> dependencies,
            @Nullable Json additionalItems,
            Map<String, JSONSchemaProps> definitions,
            @Nullable ExternalDocumentation externalDocs,
            @Nullable @Opaque Json example,
            boolean nullable,
            @Name("x-kubernetes-preserve-unknown-fields")
                    @Nullable Boolean xKubernetesPreserveUnknownFields,
            @Name("x-kubernetes-embedded-resource") boolean xKubernetesEmbeddedResource,
            @Name("x-kubernetes-int-or-string") boolean xKubernetesIntOrString,
            @Name("x-kubernetes-list-map-keys") List<String> xKubernetesListMapKeys,
            @Name("x-kubernetes-list-type") @Nullable String xKubernetesListType,
            @Name("x-kubernetes-map-type") @Nullable String xKubernetesMapType,
            @Name("x-kubernetes-validations") @ListMap("rule")
                    List<ValidationRule> xKubernetesValidations) {}

    public record ExternalDocumentation(String description, String url) {}

    public record ValidationRule(
            @Required String rule,
            String message,
            String messageExpression,
            @Nullable
                    @OneOf({
                        "FieldValueDuplicate",
                        "FieldValueForbidden",
                        "FieldValueInvalid",
                        "FieldValueRequired"
                    })
                    String reason,
            String fieldPath,
            @Nullable @Gate("CRDValidationRatcheting") Boolean optionalOldSelf) {}

    public record CustomResourceSubresources(
            @Nullable Json status, @Nullable CustomResourceSubresourceScale scale) {}

    public record CustomResourceSubresourceScale(
            @Required String specReplicasPath,
            @Required String statusReplicasPath,
            @Nullable String labelSelectorPath) {}

    public record CustomResourceColumnDefinition(
            @Required String name,
            @Required String type,
            String format,
            String description,
            int priority,
            @Required String jsonPath) {}

    public record SelectableField(@Required String jsonPath) {}

    public record CustomResourceConversion(
            @Required String strategy, @Nullable WebhookConversion webhook) {}

    public record WebhookConversion(
            @Nullable WebhookClientConfig clientConfig,
            @Required List<String> conversionReviewVersions) {}

    public record WebhookClientConfig(
            @Nullable String url, @Nullable ServiceReference service, byte[] caBundle) {}

    public record ServiceReference(
            @Required String namespace,
            @Required String name,
            @Nullable String path,
            @Nullable Integer port) {}

    public record CustomResourceDefinitionStatus(
            @Always @ListMap("type") @PatchReplace
                    List<CustomResourceDefinitionCondition> conditions,
            CustomResourceDefinitionNames acceptedNames,
            @Always List<String> storedVersions,
            @Gate("CRDObservedGenerationTracking") long observedGeneration) {}

    public record CustomResourceDefinitionCondition(
            @Required String type,
            @Required String status,
            @Nullable @Always Instant lastTransitionTime,
            String reason,
            String message,
            @Gate("CRDObservedGenerationTracking") long observedGeneration) {}

    public static final Strategy<CustomResourceDefinition> STRATEGY =
            Strategy.<CustomResourceDefinition>standard()
                    .subresources("status")
                    .defaults(DefinitionDefaults::apply)
                    .beforeCreate(DefinitionDefaults::created)
                    .beforeUpdate(DefinitionDefaults::updated)
                    .validate(DefinitionRules::checkNew)
                    .validateUpdated(DefinitionRules::check)
                    .validateUpdate(DefinitionRules::checkUpdate)
                    .validateStatusUpdate(DefinitionRules::checkStatusUpdate);
}
