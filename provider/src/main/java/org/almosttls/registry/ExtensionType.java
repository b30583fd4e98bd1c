package org.almosttls.registry;

/** The IANA registry of TLS extension types; unknown numbers survive. */
public record ExtensionType(int code) {

    private static final Names NAMES = Names.of("", """
            0000 server_name max_fragment_length client_certificate_url trusted_ca_keys truncated_hmac status_request
            0006 user_mapping client_authz server_authz cert_type supported_groups ec_point_formats srp
            000D signature_algorithms use_srtp heartbeat application_layer_protocol_negotiation status_request_v2
            0012 signed_certificate_timestamp client_certificate_type server_certificate_type padding encrypt_then_mac
            0017 extended_master_secret token_binding cached_info tls_lts compress_certificate record_size_limit
            001D pwd_protect pwd_clear password_salt ticket_pinning tls_cert_with_extern_psk delegated_credential
            0023 session_ticket TLMSP TLMSP_proxying TLMSP_delegate supported_ekt_ciphers
            0029 pre_shared_key early_data supported_versions cookie psk_key_exchange_modes
            002F certificate_authorities oid_filters post_handshake_auth signature_algorithms_cert key_share
            0034 transparency_info connection_id_deprecated connection_id external_id_hash external_session_id
            0039 quic_transport_parameters ticket_request dnssec_chain sequence_number_encryption_algorithms rrc tls_flags
            3374 next_protocol_negotiation
            4469 application_settings_old
            44CD application_settings
            7550 channel_id
            FD00 ech_outer_extensions
            FE0D encrypted_client_hello
            FF01 renegotiation_info
            """);

    public static final ExtensionType SERVER_NAME = new ExtensionType(0x0000);
    public static final ExtensionType MAX_FRAGMENT_LENGTH = new ExtensionType(0x0001);
    public static final ExtensionType STATUS_REQUEST = new ExtensionType(0x0005);
    public static final ExtensionType SUPPORTED_GROUPS = new ExtensionType(0x000A);
    public static final ExtensionType EC_POINT_FORMATS = new ExtensionType(0x000B);
    public static final ExtensionType SIGNATURE_ALGORITHMS = new ExtensionType(0x000D);
    public static final ExtensionType HEARTBEAT = new ExtensionType(0x000F);
    public static final ExtensionType ALPN = new ExtensionType(0x0010);
    public static final ExtensionType PADDING = new ExtensionType(0x0015);
    public static final ExtensionType ENCRYPT_THEN_MAC = new ExtensionType(0x0016);
    public static final ExtensionType EXTENDED_MASTER_SECRET = new ExtensionType(0x0017);
    public static final ExtensionType COMPRESS_CERTIFICATE = new ExtensionType(0x001B);
    public static final ExtensionType RECORD_SIZE_LIMIT = new ExtensionType(0x001C);
    public static final ExtensionType SESSION_TICKET = new ExtensionType(0x0023);
    public static final ExtensionType PRE_SHARED_KEY = new ExtensionType(0x0029);
    public static final ExtensionType EARLY_DATA = new ExtensionType(0x002A);
    public static final ExtensionType SUPPORTED_VERSIONS = new ExtensionType(0x002B);
    public static final ExtensionType COOKIE = new ExtensionType(0x002C);
    public static final ExtensionType PSK_KEY_EXCHANGE_MODES = new ExtensionType(0x002D);
    public static final ExtensionType CERTIFICATE_AUTHORITIES = new ExtensionType(0x002F);
    public static final ExtensionType OID_FILTERS = new ExtensionType(0x0030);
    public static final ExtensionType POST_HANDSHAKE_AUTH = new ExtensionType(0x0031);
    public static final ExtensionType SIGNATURE_ALGORITHMS_CERT = new ExtensionType(0x0032);
    public static final ExtensionType KEY_SHARE = new ExtensionType(0x0033);
    public static final ExtensionType RENEGOTIATION_INFO = new ExtensionType(0xFF01);

    /** The registry's name, or {@code 0xNNNN} for a number without one. */
    public String name() {
        return NAMES.ofUint16(code);
    }

    /** RFC 8701 §2: a value that stands for nothing. */
    public boolean isGrease() {
        return Names.isGrease(code);
    }

    // By hand, since what a record has by itself is woven anew in each JVM, which costs milliseconds at its start.
    @Override
    public boolean equals(Object other) {
        return other instanceof ExtensionType type && type.code == code;
    }

    @Override
    public int hashCode() {
        return code;
    }

    @Override
    public String toString() {
        return name();
    }
}
