package io.coxswain.api.meta;

import io.coxswain.api.schema.Required;
import java.util.List;

public record APIVersions(
        String kind,
        String apiVersion,
        @Required List<String> versions,
        @Required List<ServerAddressByClientCIDR> serverAddressByClientCIDRs) {}
