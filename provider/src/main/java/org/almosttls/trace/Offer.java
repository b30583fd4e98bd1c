package org.almosttls.trace;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.almosttls.config.TlsConfig;
import org.almosttls.event.TlsEvent.Allowed;
import org.almosttls.extension.ApplicationProtocols;
import org.almosttls.extension.SignatureAlgorithms;
import org.almosttls.extension.SupportedGroups;
import org.almosttls.extension.SupportedVersions;
import org.almosttls.message.ClientHello;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.registry.SignatureScheme;

/** What one end would agree to, by the registries' names and in its order of preference; long lists are cut. */
record Offer(
        List<String> versions,
        List<String> cipherSuites,
        List<String> groups,
        List<String> signatureSchemes,
        List<String> applicationProtocols) {

    /** Nobody has asked that end. */
    static final Offer UNKNOWN = new Offer(List.of(), List.of(), List.of(), List.of(), List.of());

    /** What this end may do, made when somebody asks. Of the configuration, by which the socket is kept, it has only lists. */
    static Supplier<Offer> later(TlsConfig config) {
        var versions = config.versions();
        var suites = config.cipherSuites();
        var groups = config.groups();
        var schemes = config.signatureSchemes();
        var protocols = config.applicationProtocols();
        return () -> new Offer(
                Facts.listed(versions, ProtocolVersion::jsseName),
                Facts.listed(suites, CipherSuite::name),
                Facts.listed(groups, NamedGroup::name),
                Facts.listed(schemes, SignatureScheme::name),
                Facts.listed(protocols, name -> name));
    }

    /** What another stack says that it may do. */
    static Offer of(Allowed allowed) {
        return new Offer(
                Facts.listed(known(allowed.versions(), ProtocolVersion::named), ProtocolVersion::jsseName),
                Facts.listed(known(allowed.cipherSuites(), CipherSuite::named), CipherSuite::name),
                List.of(),
                List.of(),
                Facts.listed(allowed.applicationProtocols(), name -> name));
    }

    /** What the client said on the wire. A hello without supported_versions offers up to its own (RFC 8446 §4.2.1). */
    static Offer of(ClientHello hello) {
        var extensions = hello.extensions();
        var versions = extensions.find(SupportedVersions.class).map(SupportedVersions::versions);
        var groups = extensions.find(SupportedGroups.class).map(SupportedGroups::groups);
        var schemes = extensions.find(SignatureAlgorithms.class).map(SignatureAlgorithms::schemes);
        var protocols = extensions.find(ApplicationProtocols.class).map(ApplicationProtocols::names);
        return new Offer(
                Facts.listed(versions.orElse(List.of(hello.legacyVersion())), ProtocolVersion::jsseName),
                Facts.listed(hello.cipherSuites(), CipherSuite::name),
                Facts.listed(groups.orElse(List.of()), NamedGroup::name),
                Facts.listed(schemes.orElse(List.of()), SignatureScheme::name),
                Facts.listed(protocols.orElse(List.of()), name -> name));
    }

    private static <T> List<T> known(List<String> names, Function<String, Optional<T>> registry) {
        return names.stream().flatMap(name -> registry.apply(name).stream()).toList();
    }

    /** In one breath, for people. */
    String inWords() {
        return Stream.of(versions, cipherSuites, groups, signatureSchemes, applicationProtocols)
                .filter(list -> !list.isEmpty())
                .map(list -> String.join(" ", list))
                .reduce((left, right) -> left + "; " + right)
                .orElse("nothing");
    }
}
