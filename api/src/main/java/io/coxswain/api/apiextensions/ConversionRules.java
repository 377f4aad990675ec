package io.coxswain.api.apiextensions;

import io.coxswain.api.apiextensions.CustomResourceDefinition.CustomResourceConversion;
import io.coxswain.api.apiextensions.CustomResourceDefinition.ServiceReference;
import io.coxswain.api.apiextensions.CustomResourceDefinition.WebhookClientConfig;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.validation.Names;
import io.coxswain.api.validation.Values;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How a definition may ask for conversion. Upstream reports the client's configuration one level
/// higher than the API has it.
final class ConversionRules {

    private static final List<String> STRATEGIES = List.of("None", "Webhook");
    private static final String CLIENT = "webhookClientConfig";

    private ConversionRules() {}

    static void check(@Nullable CustomResourceConversion conversion, FieldErrors errors) {
        if (conversion == null) {
            return;
        }
        Values.requiredOneOf(conversion.strategy(), STRATEGIES, errors.at("strategy"));
        var webhook = conversion.webhook();
        var client = webhook == null ? null : webhook.clientConfig();
        var versions = webhook == null ? List.<String>of() : webhook.conversionReviewVersions();
        if (!conversion.strategy().equals("Webhook")) {
            var why = "should not be set when strategy is not set to Webhook";
            if (client != null) {
                errors.at(CLIENT).forbidden(why);
            }
            if (!versions.isEmpty()) {
                errors.at("conversionReviewVersions").forbidden(why);
            }
            return;
        }
        if (client == null) {
            errors.at(CLIENT).required("required when strategy is set to Webhook");
        } else {
            client(client, errors.at(CLIENT));
        }
        reviewVersions(versions, errors.at("conversionReviewVersions"));
    }

    private static void client(WebhookClientConfig client, FieldErrors errors) {
        var url = client.url();
        var service = client.service();
        if ((url == null) == (service == null)) {
            errors.required("exactly one of url or service is required");
        } else if (url != null) {
            url(url, errors.at("url"));
        } else if (service != null) {
            service(service, errors.at("service"));
        }
    }

    private static void url(String text, FieldErrors errors) {
        var form = "; desired format: https://host[/path]";
        try {
            var uri = new URI(text);
            if (!Objects.equals(uri.getScheme(), "https")) {
                var scheme = Objects.requireNonNullElse(uri.getScheme(), "");
                errors.invalid(scheme, "'https' is the only allowed URL scheme" + form);
            }
            if (uri.getHost() == null) {
                errors.invalid("", "host must be specified" + form);
            }
            if (uri.getUserInfo() != null) {
                errors.invalid(uri.getUserInfo(), "user information is not permitted in the URL");
            }
            if (uri.getFragment() != null) {
                errors.invalid(uri.getFragment(), "fragments are not permitted in the URL");
            }
            if (uri.getQuery() != null) {
                errors.invalid(uri.getQuery(), "query parameters are not permitted in the URL");
            }
        } catch (URISyntaxException e) {
            errors.required("url must be a valid URL: " + e.getMessage() + form);
        }
    }

    private static void service(ServiceReference service, FieldErrors errors) {
        Values.required(service.name(), errors.at("name"));
        Values.required(service.namespace(), errors.at("namespace"));
        var port = service.port();
        if (port != null && (port < 1 || port > 65535)) {
            errors.at("port")
                    .invalid(port, "port is not valid: must be between 1 and 65535, inclusive");
        }
        var path = service.path();
        if (path != null && !path.startsWith("/")) {
            errors.at("path").invalid(path, "must start with a '/'");
        }
    }

    private static void reviewVersions(List<String> versions, FieldErrors errors) {
        if (versions.isEmpty()) {
            errors.required("");
            return;
        }
        var seen = new HashSet<String>();
        for (var i = 0; i < versions.size(); i++) {
            var version = versions.get(i);
            if (!seen.add(version)) {
                errors.at(i).invalid(version, "duplicate version");
                continue;
            }
            errors.at(i).invalid(version, Names.label1035(version));
        }
        if (!seen.contains("v1") && !seen.contains("v1beta1")) {
            errors.invalid(versions, "must include at least one of v1, v1beta1");
        }
    }
}
