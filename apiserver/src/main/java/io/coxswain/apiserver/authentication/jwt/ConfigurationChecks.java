package io.coxswain.apiserver.authentication.jwt;

import io.coxswain.api.schema.FieldErrors;
import io.coxswain.apiserver.authentication.jwt.AuthenticationConfiguration.ClaimMappings;
import io.coxswain.apiserver.authentication.jwt.AuthenticationConfiguration.ClaimRule;
import io.coxswain.apiserver.authentication.jwt.AuthenticationConfiguration.ExtraMapping;
import io.coxswain.apiserver.authentication.jwt.AuthenticationConfiguration.Issuer;
import io.coxswain.apiserver.authentication.jwt.AuthenticationConfiguration.JwtProvider;
import io.coxswain.apiserver.authentication.jwt.AuthenticationConfiguration.PrefixedClaim;
import io.coxswain.apiserver.config.ConfigurationFile;
import io.coxswain.base.tls.Pem;
import java.net.URI;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/// What an AuthenticationConfiguration must hold to.
final class ConfigurationChecks {

    private static final int PROVIDERS_MAX = 64;
    private static final Set<String> RESERVED = Set.of("k8s.io", "kubernetes.io");

    private ConfigurationChecks() {}

    static void check(AuthenticationConfiguration configuration) {
        var errors = new FieldErrors();
        var jwt = errors.at("jwt");
        var providers = configuration.jwt();
        if (providers.size() > PROVIDERS_MAX) {
            jwt.tooMany(providers.size(), PROVIDERS_MAX);
        }
        var seen = new HashSet<String>();
        var discovered = new HashSet<String>();
        for (var i = 0; i < providers.size(); i++) {
            var provider = providers.get(i);
            check(provider, jwt.at(i));
            var issuer = provider.issuer();
            if (!issuer.url().isEmpty() && !seen.add(issuer.url())) {
                jwt.at(i).at("issuer").at("url").duplicate(issuer.url());
            }
            if (!issuer.discoveryURL().isEmpty() && !discovered.add(issuer.discoveryURL())) {
                jwt.at(i).at("issuer").at("discoveryURL").duplicate(issuer.discoveryURL());
            }
        }
        var anonymous = configuration.anonymous();
        if (anonymous != null && !anonymous.enabled() && !anonymous.conditions().isEmpty()) {
            errors.at("anonymous")
                    .at("conditions")
                    .invalid(
                            anonymous.conditions(),
                            "enabled should be set to true when conditions are defined");
        }
        ConfigurationFile.Invalid.throwIfAny(errors);
    }

    private static void check(JwtProvider provider, FieldErrors errors) {
        checkIssuer(provider.issuer(), errors.at("issuer"));
        var claims = new HashSet<String>();
        var expressions = new HashSet<String>();
        var rules = provider.claimValidationRules();
        for (var i = 0; i < rules.size(); i++) {
            var rule = rules.get(i);
            var at = errors.at("claimValidationRules").at(i);
            checkRule(rule, at);
            if (!rule.claim().isEmpty() && !claims.add(rule.claim())) {
                at.at("claim").duplicate(rule.claim());
            }
            if (!rule.expression().isEmpty() && !expressions.add(rule.expression())) {
                at.at("expression").duplicate(rule.expression());
            }
        }
        checkMappings(provider.claimMappings(), errors.at("claimMappings"));
        var users = provider.userValidationRules();
        for (var i = 0; i < users.size(); i++) {
            if (users.get(i).expression().isEmpty()) {
                errors.at("userValidationRules").at(i).at("expression").required("");
            }
        }
        var _ = ClaimMapping.compile(provider, errors);
    }

    private static void checkIssuer(Issuer issuer, FieldErrors errors) {
        checkUrl(issuer.url(), errors.at("url"));
        var discovery = issuer.discoveryURL();
        if (!discovery.isEmpty()) {
            checkUrl(discovery, errors.at("discoveryURL"));
            if (strip(discovery).equals(strip(issuer.url()))) {
                errors.at("discoveryURL")
                        .invalid(discovery, "discoveryURL must be different from URL");
            }
        }
        var audiences = issuer.audiences();
        if (audiences.isEmpty()) {
            errors.at("audiences").required("at least one jwt[*].issuer.audiences is required");
        }
        for (var i = 0; i < audiences.size(); i++) {
            if (audiences.get(i).isEmpty()) {
                errors.at("audiences").at(i).required("audience can't be empty");
            }
        }
        var policy = issuer.audienceMatchPolicy();
        if (audiences.size() > 1 && !policy.equals("MatchAny")) {
            errors.at("audienceMatchPolicy")
                    .invalid(policy, "audienceMatchPolicy must be MatchAny for multiple audiences");
        }
        if (audiences.size() == 1 && !policy.isEmpty() && !policy.equals("MatchAny")) {
            errors.at("audienceMatchPolicy")
                    .invalid(
                            policy,
                            "audienceMatchPolicy must be empty or MatchAny for single audience");
        }
        checkAuthority(issuer.certificateAuthority(), errors.at("certificateAuthority"));
        if (!issuer.egressSelectorType().isEmpty()) {
            errors.at("egressSelectorType")
                    .forbidden("this server has no egress selectors to choose from");
        }
    }

    private static String strip(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    private static void checkUrl(String url, FieldErrors errors) {
        if (url.isEmpty()) {
            errors.required("URL is required");
            return;
        }
        URI parsed;
        try {
            parsed = URI.create(url);
        } catch (IllegalArgumentException e) {
            errors.invalid(url, String.valueOf(e.getMessage()));
            return;
        }
        if (!"https".equals(parsed.getScheme()) || parsed.getHost() == null) {
            errors.invalid(url, "URL scheme must be https");
        }
        if (parsed.getRawUserInfo() != null) {
            errors.invalid(url, "URL must not contain a username or password");
        }
        if (parsed.getRawQuery() != null) {
            errors.invalid(url, "URL must not contain a query");
        }
        if (parsed.getRawFragment() != null) {
            errors.invalid(url, "URL must not contain a fragment");
        }
    }

    private static void checkAuthority(String pem, FieldErrors errors) {
        if (pem.isEmpty()) {
            return;
        }
        try {
            if (!Pem.certificates(pem).isEmpty()) {
                return;
            }
        } catch (IllegalArgumentException e) {
            errors.invalid("<omitted>", String.valueOf(e.getMessage()));
            return;
        }
        errors.invalid("<omitted>", "data does not contain any valid RSA or ECDSA certificates");
    }

    private static void checkRule(ClaimRule rule, FieldErrors errors) {
        if (rule.claim().isEmpty() && rule.expression().isEmpty()) {
            errors.required("claim or expression is required");
        } else if (!rule.claim().isEmpty() && !rule.expression().isEmpty()) {
            errors.invalid(rule.claim(), "claim and expression can't both be set");
        } else if (!rule.claim().isEmpty() && !rule.message().isEmpty()) {
            errors.at("message").invalid(rule.message(), "message can't be set when claim is set");
        } else if (!rule.expression().isEmpty() && !rule.requiredValue().isEmpty()) {
            errors.at("requiredValue")
                    .invalid(
                            rule.requiredValue(),
                            "requiredValue can't be set when expression is set");
        }
    }

    private static void checkMappings(ClaimMappings mappings, FieldErrors errors) {
        var name = mappings.username();
        if (name.claim().isEmpty() && name.expression().isEmpty()) {
            errors.at("username").required("claim or expression is required");
        }
        checkPrefixed(name, errors.at("username"));
        checkPrefixed(mappings.groups(), errors.at("groups"));
        var uid = mappings.uid();
        if (!uid.claim().isEmpty() && !uid.expression().isEmpty()) {
            errors.at("uid").invalid("", "claim and expression can't both be set");
        }
        var keys = new HashSet<String>();
        for (var i = 0; i < mappings.extra().size(); i++) {
            var extra = mappings.extra().get(i);
            checkExtra(extra, errors.at("extra").at(i));
            if (!extra.key().isEmpty() && !keys.add(extra.key())) {
                errors.at("extra").at(i).at("key").duplicate(extra.key());
            }
        }
    }

    private static void checkPrefixed(PrefixedClaim mapping, FieldErrors errors) {
        if (!mapping.claim().isEmpty() && !mapping.expression().isEmpty()) {
            errors.invalid("", "claim and expression can't both be set");
        }
        if (!mapping.expression().isEmpty() && mapping.prefix() != null) {
            errors.at("prefix")
                    .invalid(mapping.prefix(), "prefix can't be set when expression is set");
        }
        if (!mapping.claim().isEmpty() && mapping.prefix() == null) {
            errors.at("prefix")
                    .required(
                            "prefix is required when claim is set. It can be set to an empty"
                                    + " string to disable prefixing");
        }
        if (mapping.claim().isEmpty()
                && mapping.expression().isEmpty()
                && mapping.prefix() != null) {
            errors.at("prefix")
                    .invalid(
                            mapping.prefix(),
                            "non-empty claim name is required when prefix is set");
        }
    }

    private static void checkExtra(ExtraMapping extra, FieldErrors errors) {
        var key = extra.key();
        if (key.isEmpty()) {
            errors.at("key").required("");
            return;
        }
        var slash = key.indexOf('/');
        if (slash <= 0 || slash == key.length() - 1) {
            errors.at("key")
                    .invalid(key, "must be a domain-prefixed path (such as \"acme.io/foo\")");
        } else {
            var domain = key.substring(0, slash);
            for (var reserved : RESERVED) {
                if (domain.equals(reserved) || domain.endsWith("." + reserved)) {
                    errors.at("key")
                            .invalid(
                                    key,
                                    reserved
                                            + ", *."
                                            + reserved
                                            + " domains are reserved for Kubernetes use");
                }
            }
        }
        if (!key.equals(key.toLowerCase(Locale.ROOT))) {
            errors.at("key").invalid(key, "key must be lowercase");
        }
        if (extra.valueExpression().isEmpty()) {
            errors.at("valueExpression").required("");
        }
    }
}
