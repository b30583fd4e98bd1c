package org.almosttls.jsse;

import java.util.LinkedHashSet;
import java.util.List;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLParameters;

/**
 * Takes over what a caller's {@code SSLParameters} say into those that a connection keeps. As on the platform, what is
 * null leaves things as they are, and client authentication and the order of suites are always taken over.
 */
final class SslParametersMapping {

    private static final int MAX_APPLICATION_PROTOCOL = 255;

    private SslParametersMapping() {}

    /** A copy of its own. */
    static SSLParameters copy(SSLParameters from) {
        var copy = new SSLParameters();
        takeOver(from, copy);
        return copy;
    }

    /** @throws IllegalArgumentException if a protocol, suite or name is not supported; nothing is taken over then */
    static void takeOver(SSLParameters from, SSLParameters into) {
        check(from);
        if (from.getProtocols() != null) into.setProtocols(from.getProtocols());
        if (from.getCipherSuites() != null) into.setCipherSuites(from.getCipherSuites());
        if (from.getNeedClientAuth()) into.setNeedClientAuth(true);
        else into.setWantClientAuth(from.getWantClientAuth());
        if (from.getAlgorithmConstraints() != null) into.setAlgorithmConstraints(from.getAlgorithmConstraints());
        if (from.getEndpointIdentificationAlgorithm() != null)
            into.setEndpointIdentificationAlgorithm(from.getEndpointIdentificationAlgorithm());
        if (from.getServerNames() != null) into.setServerNames(from.getServerNames());
        if (from.getSNIMatchers() != null) into.setSNIMatchers(from.getSNIMatchers());
        into.setApplicationProtocols(from.getApplicationProtocols());
        into.setUseCipherSuitesOrder(from.getUseCipherSuitesOrder());
        into.setEnableRetransmissions(from.getEnableRetransmissions());
        into.setMaximumPacketSize(from.getMaximumPacketSize());
        for (var newer : NewerParameter.values()) newer.takeOver(from, into);
    }

    private static void check(SSLParameters from) {
        if (from.getProtocols() != null) Supported.checkProtocols(from.getProtocols());
        if (from.getCipherSuites() != null) Supported.checkSuites(from.getCipherSuites());
        for (String protocol : from.getApplicationProtocols()) {
            if (protocol.isEmpty() || protocol.length() > MAX_APPLICATION_PROTOCOL)
                throw new IllegalArgumentException("Application protocol of 1 to 255 octets expected");
        }
        if (from.getServerNames() != null && hasTwoOfOneType(from.getServerNames()))
            throw new IllegalArgumentException("Duplicated server name of one type");
    }

    private static boolean hasTwoOfOneType(List<SNIServerName> names) {
        var types = new LinkedHashSet<Integer>();
        return !names.stream().allMatch(name -> types.add(name.getType()));
    }
}
