package io.coxswain.apiserver.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.admissionregistration.ValidatingAdmissionPolicy;
import io.coxswain.api.admissionregistration.ValidatingAdmissionPolicy.ExpressionWarning;
import io.coxswain.api.codec.Problems;
import io.coxswain.api.codec.RecordReader;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.Yaml;
import io.coxswain.apiserver.registry.Catalog;
import java.util.List;
import org.junit.jupiter.api.Test;

class TypeCheckTest {

    private static final String DEPLOYMENTS =
            "apiGroups: [apps], apiVersions: [v1], resources: [deployments]";

    private static List<ExpressionWarning> warnings(String rule, String rest) {
        var yaml =
                "{spec: {matchConstraints: {resourceRules: [{%s, operations: ['*']}]}, %s}}"
                        .formatted(rule, rest);
        var policy =
                RecordReader.fromTree(
                        ValidatingAdmissionPolicy.class,
                        (Json.Obj) Yaml.read(yaml),
                        new Problems());
        return new TypeCheck(new Catalog()).warnings(policy);
    }

    private static List<ExpressionWarning> of(String rule, String expression) {
        return warnings(rule, "validations: [{expression: \"%s\"}]".formatted(expression));
    }

    @Test
    void aFieldThatDoesNotExistIsWarnedAbout() {
        assertThat(of(DEPLOYMENTS, "object.replicas > 1"))
                .containsExactly(
                        new ExpressionWarning(
                                "spec.validations[0].expression",
                                """
                                apps/v1, Kind=Deployment: ERROR: <input>:1:7: undefined field 'replicas'
                                 | object.replicas > 1
                                 | ......^
                                """));
    }

    @Test
    void whatIsRightIsNotWarnedAbout() {
        assertThat(of(DEPLOYMENTS, "object.spec.replicas > 1 && oldObject != null")).isEmpty();
        assertThat(
                        of(
                                DEPLOYMENTS,
                                "object.spec.template.spec.containers.all(c,"
                                        + " c.image.startsWith('a') && (!has(c.resources) ||"
                                        + " quantity(c.resources.limits['cpu']).isLessThan("
                                        + "quantity('1')))) && object.metadata.labels['a'] =="
                                        + " 'b' && object.metadata.creationTimestamp <"
                                        + " timestamp('2030-01-01T00:00:00Z')"))
                .isEmpty();
        assertThat(of(DEPLOYMENTS, "authorizer.requestResource.check('get').allowed()")).isEmpty();
    }

    @Test
    void valuesOfTheWrongTypeAreWarnedAbout() {
        assertThat(of(DEPLOYMENTS, "object.spec.replicas == 'many'"))
                .singleElement()
                .extracting(ExpressionWarning::warning)
                .asString()
                .contains("found no matching overload for '_==_' applied to '(int, string)'");
    }

    @Test
    void everyKindIsSpokenAboutByItsName() {
        var both = "apiGroups: [apps], apiVersions: [v1], resources: [replicasets, deployments]";

        assertThat(of(both, "object.spec.strategy.type == 'Recreate'"))
                .singleElement()
                .extracting(ExpressionWarning::warning)
                .asString()
                .startsWith("apps/v1, Kind=ReplicaSet: ERROR: <input>:1:12: undefined field");
        assertThat(of(both, "object.nothing == 1"))
                .singleElement()
                .extracting(ExpressionWarning::warning)
                .asString()
                .containsSubsequence("Kind=Deployment:", "Kind=ReplicaSet:");
    }

    @Test
    void whatNamesNoKindIsNotLookedAt() {
        for (var rule :
                List.of(
                        "apiGroups: ['*'], apiVersions: [v1], resources: [deployments]",
                        "apiGroups: [apps], apiVersions: ['*'], resources: [deployments]",
                        "apiGroups: [apps], apiVersions: [v1], resources: ['*']",
                        "apiGroups: [apps], apiVersions: [v1], resources: [deployments/scale]",
                        "apiGroups: [apps], apiVersions: [v9], resources: [deployments]")) {
            assertThat(of(rule, "object.nothing == 1")).as(rule).isEmpty();
        }
    }

    @Test
    void variablesAreOfTheTypeOfTheirExpressions() {
        var rest =
                "variables: [{name: count, expression: object.spec.replicas}, {name: twice,"
                        + " expression: variables.count * 2}], validations: [{expression:"
                        + " \"variables.twice == 'x'\", messageExpression: \"'is ' +"
                        + " variables.count\"}, {expression: variables.twice > 2}]";

        assertThat(warnings(DEPLOYMENTS, rest))
                .extracting(ExpressionWarning::fieldRef)
                .containsExactly(
                        "spec.validations[0].expression", "spec.validations[0].messageExpression");
    }

    /// Its schema contains itself.
    @Test
    void aKindWithoutAnEndIsLookedAtToo() {
        var definitions =
                "apiGroups: [apiextensions.k8s.io], apiVersions: [v1], resources:"
                        + " [customresourcedefinitions]";

        assertThat(
                        of(
                                definitions,
                                "object.spec.versions[0].schema.openAPIV3Schema.properties['a']"
                                        + ".anything == 1"))
                .isEmpty();
        assertThat(of(definitions, "object.spec.nothing == 1")).hasSize(1);
    }
}
