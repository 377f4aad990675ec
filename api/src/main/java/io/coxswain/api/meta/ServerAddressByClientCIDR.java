package io.coxswain.api.meta;

import io.coxswain.api.schema.Required;

public record ServerAddressByClientCIDR(
        @Required String clientCIDR, @Required String serverAddress) {}
