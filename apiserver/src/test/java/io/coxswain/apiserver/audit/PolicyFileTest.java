package io.coxswain.apiserver.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PolicyFileTest {

    private static final String HEAD = "{apiVersion: audit.k8s.io/v1, kind: Policy, ";

    private static void refuses(String text, String why) {
        assertThatThrownBy(() -> PolicyFile.parse(text)).hasMessageContaining(why);
    }

    @Test
    void aPolicyWithoutRulesIsNone() {
        refuses(HEAD + "rules: []}", "loaded illegal policy with 0 rules");
    }

    @Test
    void whatIsNotKnownIsRefused() {
        refuses(
                HEAD + "rules: [{level: Metadata, verb: [get]}]}",
                "unknown field \"rules[0].verb\"");
        refuses(HEAD + "rules: [{level: Everything}]}", "rules[0].level: Unsupported value");
        refuses(HEAD + "rules: [{}]}", "rules[0].level: Required value");
        refuses(HEAD + "omitStages: [Soon], rules: [{level: None}]}", "omitStages[0]");
        refuses("{apiVersion: audit.k8s.io/v1beta1, kind: Policy}", "no kind \"Policy\"");
        refuses("[]", "no object");
        refuses("a: [", "yaml");
    }

    @Test
    void aRuleIsAboutResourcesOrPaths() {
        refuses(
                HEAD + "rules: [{level: None, nonResourceURLs: [/x], namespaces: [a]}]}",
                "rules cannot apply to both regular resources and non-resource URLs");
        refuses(HEAD + "rules: [{level: None, nonResourceURLs: ['/x*y']}]}", "wildcards '*'");
        refuses(HEAD + "rules: [{level: None, nonResourceURLs: [x]}]}", "must begin with a '/'");
        refuses(
                HEAD + "rules: [{level: None, resources: [{group: '', resourceNames: [a]}]}]}",
                "using resourceNames requires at least one resource");
    }

    @Test
    void aRuleMayShowOwnersWhereThePolicyDoesNot() {
        var policy =
                PolicyFile.parse(
                        HEAD
                                + "omitManagedFields: true, rules: [{level: Request,"
                                + " omitManagedFields: false, omitStages: [Panic]}]}");

        var verdict = policy.rules().getFirst().verdict();
        assertThat(verdict.omitManagedFields()).isFalse();
        assertThat(verdict.omitStages()).containsExactly(AuditStage.PANIC);
    }
}
