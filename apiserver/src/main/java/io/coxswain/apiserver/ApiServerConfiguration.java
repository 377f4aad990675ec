package io.coxswain.apiserver;

import io.coxswain.apiserver.authentication.TokenFile;
import io.coxswain.apiserver.services.AddressRange;
import java.security.KeyPair;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How an API server is set up.
///
/// @param advertiseAddress where clients and pods reach it
/// @param port the port behind the Service `kubernetes`
/// @param serviceCidr the range of cluster IPs
/// @param anonymous whether requests without a credential are let in as `system:anonymous`
/// @param tokens static tokens; null for none
/// @param serviceAccountKeys signs and checks service-account tokens
/// @param frontProxy how extension servers know this server; null without them
/// @param serving which versions of the API are served, and which gated features
/// @param limits how much it does at once, and for how long
/// @param issuer the `iss` of service-account tokens, and their default audience
public record ApiServerConfiguration(
        String advertiseAddress,
        int port,
        AddressRange serviceCidr,
        boolean anonymous,
        @Nullable TokenFile tokens,
        KeyPair serviceAccountKeys,
        String issuer,
        @Nullable FrontProxy frontProxy,
        Serving serving,
        RequestLimits limits) {

    /// Without extension servers that check who asks them.
    public ApiServerConfiguration(
            String advertiseAddress,
            int port,
            AddressRange serviceCidr,
            boolean anonymous,
            @Nullable TokenFile tokens,
            KeyPair serviceAccountKeys,
            String issuer) {
        this(
                advertiseAddress,
                port,
                serviceCidr,
                anonymous,
                tokens,
                serviceAccountKeys,
                issuer,
                null,
                Serving.DEFAULT,
                RequestLimits.DEFAULT);
    }

    public ApiServerConfiguration withFrontProxy(FrontProxy other) {
        return new ApiServerConfiguration(
                advertiseAddress,
                port,
                serviceCidr,
                anonymous,
                tokens,
                serviceAccountKeys,
                issuer,
                other,
                serving,
                limits);
    }

    public ApiServerConfiguration withLimits(RequestLimits other) {
        return new ApiServerConfiguration(
                advertiseAddress,
                port,
                serviceCidr,
                anonymous,
                tokens,
                serviceAccountKeys,
                issuer,
                frontProxy,
                serving,
                other);
    }

    public ApiServerConfiguration serving(Serving other) {
        return new ApiServerConfiguration(
                advertiseAddress,
                port,
                serviceCidr,
                anonymous,
                tokens,
                serviceAccountKeys,
                issuer,
                frontProxy,
                other,
                limits);
    }

    /// What service-account tokens must be meant for.
    List<String> audiences() {
        return List.of(issuer);
    }
}
