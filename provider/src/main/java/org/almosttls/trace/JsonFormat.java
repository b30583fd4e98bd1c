package org.almosttls.trace;

import com.fasterxml.jackson.core.SerializableString;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.almosttls.config.Removal;
import org.almosttls.event.Endpoint;
import org.almosttls.registry.CompressionMethod;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.Role;
import org.almosttls.registry.SignatureScheme;
import org.almosttls.trace.SessionLine.Heartbeats;
import org.almosttls.trace.SessionLine.Phases;

/**
 * One JSON object per session, and what {@link DetailJson} writes. Names are OpenTelemetry's and the Elastic Common Schema's, each dot a nested object;
 * what they have no name for is under {@code almosttls}. {@code docs/session-log.md} tells each field.
 */
final class JsonFormat implements LineFormat {

    static final int SCHEMA = 1;

    static final long PID = ProcessHandle.current().pid();

    @Override
    public byte[] render(SessionLine line, long missing) throws IOException {
        return JsonFields.line(fields -> write(line, missing, fields));
    }

    @Override
    public byte[] render(DetailLine line, long missing) throws IOException {
        return DetailJson.render(line, missing);
    }

    private static void write(SessionLine line, long missing, JsonFields fields) throws IOException {
        var opening = line.opening();
        fields.time("@timestamp", line.close().time())
                .object("event", event -> writeEvent(line, event))
                .object(
                        "process",
                        process -> process.number("pid", PID)
                                .object("thread", thread -> thread.text("name", opening.thread())));
        if (opening.local().isPresent() || opening.peer().isPresent())
            fields.object("network", network -> writeNetwork(line, network));
        if (line.serverName().isPresent()) fields.object("server", server -> server.text("address", line.serverName()));
        fields.made("tls", Optional.of(TlsFields.of(line)));
        if (line.outcome() == SessionLine.Outcome.FAILURE) fields.object("error", error -> writeError(line, error));
        fields.object("almosttls", almost -> {
            if (missing > 0) almost.number("lost_before", missing);
            writeAlmost(line, almost);
        });
    }

    private static void writeEvent(SessionLine line, JsonFields event) throws IOException {
        event.time("start", line.opening().time())
                .number("duration", line.duration().toNanos())
                .text("outcome", lower(line.outcome()));
    }

    private static void writeNetwork(SessionLine line, JsonFields network) throws IOException {
        var peer = line.opening().peer();
        var local = line.opening().local();
        if (peer.isPresent()) network.object("peer", fields -> writeEndpoint(peer.get(), fields));
        if (local.isPresent()) network.object("local", fields -> writeEndpoint(local.get(), fields));
    }

    private static void writeEndpoint(Endpoint endpoint, JsonFields fields) throws IOException {
        fields.text("address", endpoint.host()).number("port", endpoint.port());
    }

    private static void writeError(SessionLine line, JsonFields error) throws IOException {
        error.text("type", line.diagnosis().map(Diagnosis::code))
                .text("message", line.diagnosis().flatMap(Diagnosis::message));
    }

    private static void writeAlmost(SessionLine line, JsonFields almost) throws IOException {
        var opening = line.opening();
        var agreement = line.agreement();
        almost.number("schema", SCHEMA)
                .text("kind", "session")
                .number("connection", opening.connection())
                .text("provider", opening.provider())
                .text("role", lower(opening.role()))
                .text("ended", line.close().how().code());
        if (line.handshake().isPresent())
            almost.object(
                    "handshake",
                    handshake ->
                            handshake.number("duration", line.handshake().get().toNanos()));
        if (line.renegotiations() > 0) almost.number("renegotiations", line.renegotiations());
        if (line.keyUpdates() > 0) almost.number("key_updates", line.keyUpdates());
        if (agreement.fieldBits().isPresent())
            almost.number("field_bits", agreement.fieldBits().get());
        almost.text("group", agreement.group().map(NamedGroup::name))
                .text("scheme", agreement.scheme().map(SignatureScheme::name))
                .flag("post_quantum", agreement.isPostQuantum())
                .flag("encrypt_then_mac", agreement.encryptThenMac())
                .flag("extended_master_secret", agreement.extendedMasterSecret())
                .text("compression", agreement.compression().map(CompressionMethod::name))
                .text("resumed_by", agreement.resumption().map(JsonFormat::lower))
                .text("psk_identity", agreement.pskIdentity())
                .text("early_data", agreement.earlyData().map(JsonFormat::lower));
        if (!line.isMissing("almosttls.client_authentication"))
            almost.text("client_authentication", lower(line.clientProof()));
        almost.text("ja4", line.hellos().fingerprints().flatMap(Fingerprints::ja4))
                .texts("missing", line.missing());
        if (line.phases().isPresent())
            almost.object("phases", phases -> writePhases(line, line.phases().get(), phases));
        writeFlow(line, almost);
        if (line.heartbeats().isPresent())
            almost.object(
                    "heartbeat", heartbeat -> writeHeartbeats(line.heartbeats().get(), heartbeat));
        writeChains(line, almost);
        if (line.alert().isPresent()) almost.object("alert", alert -> writeAlert(line, alert));
        if (line.diagnosis().isPresent())
            almost.object(
                    "diagnosis", fields -> writeDiagnosis(line, line.diagnosis().get(), fields));
    }

    private static void writeFlow(SessionLine line, JsonFields almost) throws IOException {
        if (line.close().traffic().isEmpty()) return;
        var traffic = line.close().traffic().get();
        almost.object(
                "bytes",
                bytes -> bytes.number("sent", traffic.bytesSent()).number("received", traffic.bytesReceived()));
        if (!line.isMissing("almosttls.records"))
            almost.object(
                    "records",
                    records -> records.number("sent", traffic.recordsSent())
                            .number("received", traffic.recordsReceived()));
    }

    /** RFC 6520 §2: each end says whether the other one may ask. */
    private static void writeHeartbeats(Heartbeats heartbeats, JsonFields fields) throws IOException {
        fields.text("own_mode", "peer_allowed_to_send")
                .text("peer_mode", heartbeats.mayAsk() ? "peer_allowed_to_send" : "peer_not_allowed_to_send")
                .object(
                        "requests",
                        requests -> requests.number("sent", heartbeats.sent())
                                .number("answered", heartbeats.answered())
                                .number("received", heartbeats.received()))
                .number("discarded", heartbeats.discarded());
    }

    private static void writePhases(SessionLine line, Phases phases, JsonFields fields) throws IOException {
        fields.texts("handshake", phases.handshake()).texts("key_derivation", phases.keys());
        if (line.isEstablished())
            fields.number(
                    "data_transfer",
                    line.duration().minus(line.handshake().get()).toNanos());
    }

    private static void writeChains(SessionLine line, JsonFields almost) throws IOException {
        if (!line.clientChain().isEmpty())
            almost.object("client", end -> end.made("chain", written(line.clientChain())));
        if (!line.serverChain().isEmpty())
            almost.object("server", end -> end.made("chain", written(line.serverChain())));
    }

    private static List<SerializableString> written(List<CertificateFacts> chain) {
        var written = new ArrayList<SerializableString>(chain.size());
        for (CertificateFacts each : chain) written.add(each.written(JsonFormat::written));
        return written;
    }

    private static SerializableString written(CertificateFacts certificate) {
        return JsonFields.object(fields -> writeCertificate(certificate, fields));
    }

    /** ECS {@code x509.*}, but for the nested names, which are text here. */
    private static void writeCertificate(CertificateFacts certificate, JsonFields fields) throws IOException {
        if (certificate.contents().isPresent()) {
            var contents = certificate.contents().get();
            TlsFields.writeNames(contents, fields);
            fields.texts("alternative_names", contents.alternativeNames())
                    .text("serial_number", contents.serialNumber())
                    .text("public_key_algorithm", contents.keyAlgorithm());
            if (contents.keySize().isPresent())
                fields.number("public_key_size", contents.keySize().get());
            fields.text("signature_algorithm", contents.signatureAlgorithm());
        }
        fields.object("hash", hash -> hash.text("sha256", certificate.digest("SHA-256")));
    }

    private static void writeAlert(SessionLine line, JsonFields fields) throws IOException {
        var alert = line.alert().orElseThrow();
        fields.text("direction", lower(alert.direction()))
                .text("level", lower(alert.level()))
                .text("description", alert.description().name())
                .number("code", alert.description().code());
    }

    private static void writeDiagnosis(SessionLine line, Diagnosis diagnosis, JsonFields fields) throws IOException {
        fields.text("code", diagnosis.code())
                .text("rule", diagnosis.rule())
                .text("cause", diagnosis.cause())
                .text("next", diagnosis.next())
                .objects("removed", diagnosis.removed(), JsonFormat::writeRemoval)
                .object("offers", offers -> writeOffers(line, offers))
                .texts("requested_authorities", line.requested());
    }

    private static void writeRemoval(Removal removal, JsonFields fields) throws IOException {
        fields.text("kind", lower(removal.kind())).text("what", removal.value()).text("rule", removal.rule());
    }

    private static void writeOffers(SessionLine line, JsonFields offers) throws IOException {
        var opening = line.opening();
        var offered = line.hellos().offered();
        var allowed = opening.allowed().get();
        if (offered.isPresent()) offers.object("client", fields -> writeOffer(offered.get(), fields));
        else if (opening.role() == Role.CLIENT) offers.object("client", fields -> writeOffer(allowed, fields));
        if (opening.role() == Role.SERVER) offers.object("server", fields -> writeOffer(allowed, fields));
    }

    private static void writeOffer(Offer offer, JsonFields fields) throws IOException {
        fields.texts("versions", offer.versions())
                .texts("cipher_suites", offer.cipherSuites())
                .texts("groups", offer.groups())
                .texts("signature_schemes", offer.signatureSchemes())
                .texts("application_protocols", offer.applicationProtocols());
    }

    static String lower(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }
}
