package io.coxswain.cluster.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.admissionregistration.MatchResources;
import io.coxswain.api.admissionregistration.MatchResources.NamedRuleWithOperations;
import io.coxswain.api.admissionregistration.ValidatingAdmissionPolicy;
import io.coxswain.api.admissionregistration.ValidatingAdmissionPolicy.ValidatingAdmissionPolicySpec;
import io.coxswain.api.admissionregistration.ValidatingAdmissionPolicy.Validation;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Edit;
import io.coxswain.apiserver.User;
import io.coxswain.base.Clock;
import io.coxswain.base.ThreadLoops;
import io.coxswain.cluster.Planes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyStatusTest {

    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration BETWEEN = Duration.ofMillis(20);

    private static ValidatingAdmissionPolicy policy() {
        var deployments =
                Edit.of(NamedRuleWithOperations.class)
                        .set(NamedRuleWithOperations::operations, List.of("*"))
                        .set(NamedRuleWithOperations::apiGroups, List.of("apps"))
                        .set(NamedRuleWithOperations::apiVersions, List.of("v1"))
                        .set(NamedRuleWithOperations::resources, List.of("deployments"))
                        .done();
        var constraints =
                Edit.of(MatchResources.class)
                        .set(MatchResources::resourceRules, List.of(deployments))
                        .done();
        var validation = new Validation("object.replicas > 1", "", null, "");
        return Edit.of(ValidatingAdmissionPolicy.class)
                .set(
                        ValidatingAdmissionPolicy::metadata,
                        Edit.of(ObjectMeta.class).set(ObjectMeta::name, "p").done())
                .set(
                        ValidatingAdmissionPolicy::spec,
                        Edit.of(ValidatingAdmissionPolicySpec.class)
                                .set(ValidatingAdmissionPolicySpec::matchConstraints, constraints)
                                .set(
                                        ValidatingAdmissionPolicySpec::validations,
                                        List.of(validation))
                                .done())
                .done();
    }

    @Test
    void aPolicyIsToldWhatItsExpressionsGetWrong(@TempDir Path directory) {
        try (var loops = new ThreadLoops(Clock.SYSTEM);
                var plane = Planes.start(directory, loops)) {
            var client = plane.client(User.of("admin", User.MASTERS), "test");
            var made = client.create(policy());
            var end = Clock.SYSTEM.now().plus(LONGEST);
            while (made.status().observedGeneration() == 0 && Clock.SYSTEM.now().isBefore(end)) {
                Clock.SYSTEM.pause(BETWEEN);
                made = client.get(ValidatingAdmissionPolicy.class, "", "p");
            }

            assertThat(made.status().typeChecking()).isNotNull();
            assertThat(made.status().typeChecking().expressionWarnings())
                    .singleElement()
                    .asString()
                    .contains("spec.validations[0].expression", "undefined field 'replicas'");
        }
    }
}
