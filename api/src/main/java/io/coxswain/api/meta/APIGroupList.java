package io.coxswain.api.meta;

import io.coxswain.api.schema.Required;
import java.util.List;

public record APIGroupList(String kind, String apiVersion, @Required List<APIGroup> groups) {

    public record APIGroup(
            String kind,
            String apiVersion,
            @Required String name,
            @Required List<GroupVersionForDiscovery> versions,
            GroupVersionForDiscovery preferredVersion,
            List<ServerAddressByClientCIDR> serverAddressByClientCIDRs) {}

    public record GroupVersionForDiscovery(
            @Required String groupVersion, @Required String version) {}
}
