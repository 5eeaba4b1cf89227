package dev.nofate.cli.verify;

import dev.nofate.audit.chain.ChainHash;
import dev.nofate.audit.chain.Entry;
import dev.nofate.audit.chain.ExportLine;
import dev.nofate.audit.chain.Payload;
import dev.nofate.audit.chain.Position;
import dev.nofate.audit.chain.note.SigningKey;
import dev.nofate.audit.chain.proof.Checkpoint;
import dev.nofate.audit.chain.proof.LoggedEvent;
import dev.nofate.audit.chain.proof.Origin;
import dev.nofate.audit.chain.proof.Receipt;
import dev.nofate.audit.chain.tree.Frontier;
import dev.nofate.audit.chain.tree.InclusionProof;
import dev.nofate.audit.chain.tree.NodeId;
import dev.nofate.audit.chain.tree.TreeHash;
import dev.nofate.gate.engine.Admission;
import dev.nofate.gate.engine.Compilation;
import dev.nofate.gate.engine.CompiledRuleset;
import dev.nofate.gate.engine.Decision;
import dev.nofate.gate.engine.Engine;
import dev.nofate.gate.engine.EngineLimits;
import dev.nofate.gate.engine.Intake;
import dev.nofate.gate.engine.RulesetCompiler;
import dev.nofate.gate.engine.VersionedRuleset;
import dev.nofate.gate.engine.json.Octets;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** One evaluation as gate-service logs it: nine events, decided by the engine. */
final class EvaluatedChain {

  static final UUID TENANT = UUID.fromString("018f0000-0000-7000-8000-000000000001");
  static final UUID EVALUATION = UUID.fromString("018f0000-0000-8000-8000-0000000000e1");
  static final Origin ORIGIN = new Origin("audit.example.com", TENANT);
  static final SigningKey SIGNER = signer();
  static final String SALT = "00112233445566778899aabbccddeeff";
  static final String REQUEST =
      """
      {"ruleset":"agent.refund","proposal":{"order":"A-1","amount_cents":1999,"currency":"EUR",\
      "reason":"changed-mind"},"context":{"order_currency":"EUR","paid_cents":12900,\
      "refunded_cents":0,"days_since_delivery":9,"fraud_hold":false},\
      "evaluated_at":"2026-11-23T10:00:00.000Z"}\
      """;

  private static final String RECEIVED_AT = "2026-11-23T10:00:00.000000Z";

  final List<Entry> entries = new ArrayList<>();
  private final Frontier frontier = Frontier.empty();
  private final Map<NodeId, TreeHash> nodes = new HashMap<>();
  private Position position = Position.genesis(TENANT);

  static EvaluatedChain ofOne() {
    EvaluatedChain chain = new EvaluatedChain();
    CompiledRuleset ruleset = ruleset();
    Decision decision =
        new Engine(EngineLimits.defaults())
            .decide(
                Intake.read(Octets.ofUtf8(REQUEST).toByteArray(), EngineLimits.defaults()),
                Optional.of(new VersionedRuleset(1, ruleset)),
                new Admission(TENANT.toString(), RECEIVED_AT, Octets.ofHex(SALT)));
    chain.add(
        "request_received",
        Map.of(
            "direction",
            "forward",
            "received_at",
            RECEIVED_AT,
            "request_commitment",
            decision.commitment(),
            "ruleset",
            Map.of("name", "agent.refund", "version", 1, "digest", ruleset.digest())));
    decision
        .gateTrace()
        .forEach(trace -> chain.add("gate_passed", Map.of("gate", trace.gate().wireName())));
    chain.add(
        "response_emitted",
        Map.of("state", decision.state().name(), "decision_digest", decision.decisionDigest()));
    chain.add(
        "usage_recorded",
        Map.of("bytes_in", 234, "bytes_out", 567, "gates_executed", 6, "audit_writes", 9));
    return chain;
  }

  void add(String type, Map<String, ?> payload) {
    Entry entry =
        position.next(
            Instant.parse("2026-11-23T10:00:00.000100Z"), type, EVALUATION, Payload.of(payload));
    entries.add(entry);
    position = Position.behind(entry);
    frontier.append(TreeHash.leaf(entry.hash().bytes()), nodes::put);
  }

  List<String> lines() {
    return entries.stream().map(ExportLine::text).toList();
  }

  /** Signed as the log stands now. */
  String checkpoint() {
    return new Checkpoint(ORIGIN, frontier.size(), frontier.root())
        .sign(List.of(SIGNER))
        .toString();
  }

  String receipt(int seq) {
    ChainHash previous = seq == 1 ? ChainHash.genesis(TENANT) : entries.get(seq - 2).hash();
    return new Receipt(
            new LoggedEvent(previous, entries.get(seq - 1).envelope()),
            seq - 1,
            InclusionProof.of(seq - 1, frontier.size(), nodes::get).hashes(),
            new Checkpoint(ORIGIN, frontier.size(), frontier.root()).sign(List.of(SIGNER)))
        .toString();
  }

  /**
   * The page of the bill's proof for the nine events, with the figures of the price book's default.
   */
  String proof() {
    return """
        {"tenant_id":"%1$s","period":"2026-11","minor_unit_nanousd":10000000,
         "units_before":{"evaluations":0,"bytes_in":0,"bytes_out":0,"gates_executed":0,"audit_writes":0},
         "prices":[{"version":1,"tenant_id":null,"effective_from":"1970-01-01T00:00:00.000000Z","nanousd_per_mib_in":100000000,"nanousd_per_mib_out":150000000,
           "nanousd_per_gate":10000000,"nanousd_per_audit_event":20000000,"tiers":{}}],
         "entries":[{"tenant":"%1$s","entry_no":1,"period_start":"2026-11-23T10:00:00.000000Z",
           "period_end":"2026-11-23T11:00:00.000000Z","first_seq":1,"last_seq":9,"last_hash":"%2$s",
           "units":{"evaluations":1,"bytes_in":234,"bytes_out":567,"gates_executed":6,"audit_writes":9},
           "price_version":1,"fraction_in":0,"cost_nanousd":240103425,"fraction_out":1027200,
           "usage_hash":"HASH","reported":{"quantity_cents":24,"carried_in_nanousd":0,
             "carried_out_nanousd":103425}}]}
        """
        .formatted(TENANT, entries.get(8).hash());
  }

  static byte[] document() {
    try (InputStream in = EvaluatedChain.class.getResourceAsStream("/demo/agent.refund.json")) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static CompiledRuleset ruleset() {
    return ((Compilation.Compiled) RulesetCompiler.compile(document(), EngineLimits.defaults()))
        .ruleset();
  }

  private static SigningKey signer() {
    try {
      KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      byte[] spki = pair.getPublic().getEncoded();
      return new SigningKey(
          pair.getPrivate(), Arrays.copyOfRange(spki, spki.length - 32, spki.length));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
