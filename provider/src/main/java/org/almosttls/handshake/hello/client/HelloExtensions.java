package org.almosttls.handshake.hello.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.almosttls.config.ResumableSession;
import org.almosttls.config.SessionStore.NewSessions;
import org.almosttls.config.TlsConfig;
import org.almosttls.extension.ApplicationProtocols;
import org.almosttls.extension.EarlyData;
import org.almosttls.extension.EncryptThenMac;
import org.almosttls.extension.ExtendedMasterSecret;
import org.almosttls.extension.Extension;
import org.almosttls.extension.PostHandshakeAuth;
import org.almosttls.extension.PreSharedKeyModes;
import org.almosttls.extension.ServerNames;
import org.almosttls.extension.SessionTicket;
import org.almosttls.extension.SignatureAlgorithms;
import org.almosttls.extension.SignatureAlgorithmsCert;
import org.almosttls.extension.StatusRequest;
import org.almosttls.extension.SupportedGroups;
import org.almosttls.extension.SupportedVersions;
import org.almosttls.handshake.Heartbeats;
import org.almosttls.handshake.RecordLimits;
import org.almosttls.handshake.tls12.Past;
import org.almosttls.handshake.tls12.PointFormats;
import org.almosttls.handshake.tls13.CertificateCompressions;
import org.almosttls.handshake.tls13.LateAuthentication;
import org.almosttls.handshake.tls13.client.OfferedKeys;
import org.almosttls.handshake.tls13.client.OwnShares;
import org.almosttls.handshake.tls13.client.ReceivedTickets;
import org.almosttls.registry.KeyExchange;
import org.almosttls.registry.SignatureScheme;
import org.almosttls.registry.Tls12Suite;

/**
 * RFC 5246 §7.4.1.4, RFC 8446 §4.2: what a client says besides suites and versions.
 *
 * @param older the session up to TLS 1.2 that is offered, if one is
 * @param keys what is offered to go on from in TLS 1.3
 * @param earlyData whether data goes with the hello
 */
record HelloExtensions(
        OfferedVersions offered,
        Past past,
        Optional<ResumableSession> older,
        OfferedKeys keys,
        OwnShares shares,
        boolean earlyData) {

    List<Extension> all() {
        var config = offered.config();
        var all = new ArrayList<Extension>();
        past.serverName(askableName(config)).ifPresent(name -> all.add(new ServerNames(List.of(name))));
        all.addAll(RecordLimits.offer(config));
        if (config.stapling().asked()) all.add(StatusRequest.PLAIN);
        all.addAll(Heartbeats.offer(config));
        if (offered.older().isPresent()) all.addAll(ofOlder());
        var groups = offered.groups();
        if (!groups.isEmpty()) all.add(new SupportedGroups(groups));
        if (offered.offersOlder(suite -> suite.keyExchange() == KeyExchange.ECDHE))
            all.add(PointFormats.ONLY_UNCOMPRESSED);
        var protocols = past.protocolsToOffer(config.applicationProtocols());
        if (!protocols.isEmpty()) all.add(new ApplicationProtocols(protocols));
        // RFC 5246 §7.4.1.4.1: without this extension a server would have to sign with SHA-1.
        var schemes = offered.schemes();
        if (!schemes.isEmpty()) all.addAll(signatures(schemes, offered.certificateSchemes()));
        if (offered.newer().isPresent()) all.addAll(ofNewer());
        return all;
    }

    private List<Extension> ofOlder() {
        var all = new ArrayList<Extension>();
        all.add(new ExtendedMasterSecret());
        if (offered.offersOlder(Tls12Suite::isCbc)) all.add(new EncryptThenMac());
        // RFC 5746 §3.4: the empty extension does in a first handshake what the signalling suite would.
        all.add(past.ofClient());
        ticket().ifPresent(all::add);
        return all;
    }

    private List<Extension> ofNewer() {
        var all = new ArrayList<Extension>();
        all.add(new SupportedVersions(offered.all()));
        all.add(shares.extension());
        if (earlyData) all.add(new EarlyData());
        CertificateCompressions.offer(offered.config()).ifPresent(all::add);
        // RFC 8446 §4.2.9: for keys that are offered, and for tickets that are to come.
        if (ReceivedTickets.areKept(offered.config()) || !keys.isEmpty())
            all.add(new PreSharedKeyModes(List.of(PreSharedKeyModes.PSK_WITH_KEY_SHARE)));
        if (LateAuthentication.isOffered(offered.config())) all.add(new PostHandshakeAuth());
        return all;
    }

    /** RFC 8446 §4.2.3: who has the same policy for certificates may leave their list out. */
    private static List<Extension> signatures(List<SignatureScheme> schemes, List<SignatureScheme> ofCertificates) {
        var said = new SignatureAlgorithms(schemes);
        return ofCertificates.isEmpty() || ofCertificates.equals(schemes)
                ? List.of(said)
                : List.of(said, new SignatureAlgorithmsCert(ofCertificates));
    }

    /** RFC 5077 §3.2: the ticket there is, or an empty one to ask for one, if it could be kept. */
    private Optional<SessionTicket> ticket() {
        var sessions = offered.config().sessions();
        if (!sessions.usesTickets()) return Optional.empty();
        var known = older.flatMap(ResumableSession::ticket).map(ticket -> new SessionTicket(ticket.octets()));
        boolean asks = sessions.newSessions() == NewSessions.KEPT;
        return asks ? known.or(() -> Optional.of(SessionTicket.NONE_YET)) : known;
    }

    /** RFC 6066 §3: literal addresses are not permitted, nor is a trailing dot. */
    static Optional<String> askableName(TlsConfig config) {
        return config.serverName()
                .map(name -> name.endsWith(".") ? name.substring(0, name.length() - 1) : name)
                .filter(name -> !name.isEmpty() && !isAddressLiteral(name));
    }

    private static boolean isAddressLiteral(String name) {
        return name.contains(":") || name.matches("[0-9.]+");
    }
}
