// Precision on documents that no one here wrote: the public corpora with the mappings of test/fixtures/corpora, checked at
// levels L1 and L2, and a seeded random sample of the errors and warnings to be judged by reading (docs/precision.md).
//   npm run bench -- precision [--seed N] [--size N] [--uniform] [--json] [--all] [--rule ID] [--corpora FOLDER] [--only NAME,NAME]
// A corpus is a folder owner__name of the shared corpora or of FOLDER; one that is in neither is left out. The sample is drawn
// in turns from the corpora, at most 30 of one rule; with --uniform every error and warning is as likely as any other: no turns, no cap.
import { build } from 'esbuild';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { root, shared } from './load.mjs';

/** The day on which each corpus is checked: soon after its newest document of the mapped types. */
const days = {
  'OpenChain-Project__OpenChain-JWG': '2025-04-21',
  dfds__postmortems: '2025-03-31',
  hyperledger__toc: '2024-12-02',
  kompox__kompox: '2026-06-01',
  'kyama0__gitlab-handbook-ja': '2026-06-01',
  'ministryofjustice__cloud-platform': '2026-06-08',
  // Not among the shared corpora: the day after the last commit of the copy.
  'RNA4219__workflow-cookbook': '2026-07-15',
  'autotaker__simple-event-reservation-system': '2026-02-23',
  'garchomp-game__opsHub-doc': '2026-02-27',
  itdojp__ITDO_ERP4: '2026-08-09',
  nodejs__TSC: '2026-05-13',
  openshift__runbooks: '2026-07-09',
  ossf__tac: '2026-05-08',
  'pyconjp__www.pycon.jp': '2026-06-04',
  'ruby__dev-meeting-log': '2026-03-19',
  'rust-lang__rust-project-goals': '2026-08-08',
  'sage-base__corporation-docs': '2026-04-12',
  'shochaso__starlist-app': '2025-11-30',
  'sideworks-fuk__shopify-ai-marketing-suite': '2026-03-07',
  'tsuji-tomonori__diopside-v3': '2026-03-09',
  'watabe-futa__triptrip-plan': '2026-01-22',
  'watchout__hotel-kanri': '2026-04-01',
  // D and E of docs/precision.md.
  'HONGO-05__NLS-doc': '2024-05-29',
  'Keeeeei-Soeda__pharmacy-platform': '2026-01-27',
  'Mtshoshosho__DeployReady-documents': '2025-09-25',
  RUSAEXP1EMB2026__repo04: '2026-04-23',
  'Yoshiki-Watanabe-aiko__cash_management': '2026-07-12',
  'aik38__telegram-chat-platform': '2026-01-28',
  'alphagov__govuk-infrastructure': '2026-08-22',
  bytecodealliance__meetings: '2026-08-20',
  'coffeebean-kenobi__vacancy_import_v2': '2025-07-26',
  electron__governance: '2026-08-06',
  ethereum__pm: '2026-08-21',
  itdojp__ITDO_ERP3: '2025-10-18',
  'm-nagasako__osaka-rail-3d-orp3': '2026-07-12',
  'ministryofjustice__modernisation-platform': '2026-08-08',
  nodejs__build: '2026-08-22',
  'nohara-kengo__reader-eval': '2026-06-27',
  'openjs-foundation__cross-project-council': '2026-07-24',
  'prometheus-operator__runbooks': '2024-10-04',
  'rust-lang__leadership-council': '2026-08-20',
  sotaheavymetal21__incidex: '2025-12-29',
  'yukito-takeuchi__Excel-Project-K-Extension-vba': '2026-04-19',
  // F and G of docs/precision.md.
  '2to4__AstroSim': '2025-07-26',
  '80-cloud__cloudops-change-guard': '2026-07-11',
  'COSC-499-W2025__capstone-project-team-7': '2026-04-07',
  'JunichiroAsami__tt-performance-system': '2026-01-05',
  'Kensan196948G__ITSM-System': '2026-03-08',
  'LibraryCarpentry__governance': '2026-02-05',
  'Lincreation__kuchikomi-manager': '2026-03-04',
  'Ma11111ma__hinapet': '2025-12-16',
  'TaiseiNemoto__hotpepper-nuxt-demo': '2025-12-26',
  'Team-amber-2026__AMBER': '2026-06-28',
  'Torutesu__AIhotel': '2026-08-16',
  'alphagov__govuk-design-system-architecture': '2024-06-27',
  'ando-front__tri-force-koenji-reservation': '2026-04-30',
  'arachne-framework__architecture': '2016-12-10',
  'hrkshz__school_diary': '2026-03-11',
  'itiwoja__pokapoka-system': '2026-07-18',
  'json-schema-org__community': '2026-05-02',
  'k-tsurumaki__komanavi': '2026-02-14',
  'katsu0305__EC-mockup': '2026-07-24',
  'margo__technical-wg': '2025-04-17',
  'masa162__dramabaka': '2025-07-21',
  'nodejs__next-10': '2026-06-22',
  'nodejs__package-maintenance': '2025-10-26',
  'openmainframeproject__tac': '2026-08-23',
  'rust-embedded__wg': '2026-04-22',
  'rust-lang__wg-governance': '2020-08-06',
  'toghisumasu__waka-collector': '2026-08-07',
  'tomosamp__yado_education': '2026-02-22',
  // Mapped after F and G.
  '20m61__open-reception': '2026-08-23',
  'AbroadUmedaShota__pdf-split-naming-tool': '2026-07-15',
  BeauAccessSolutions__benefits_navigator: '2026-07-24',
  'CPAN-Security__security.metacpan.org': '2026-08-05',
  'Frontend-teamDevC__teamC-devLog': '2023-12-19',
  'Ghouse-development__G-progress': '2025-11-07',
  'Kaikei-e__Alt': '2026-08-23',
  'Kazuya-Sakashita__ai-pm-platform': '2026-07-10',
  'M4BS-Organization__ROUAsset-Manager': '2026-03-28',
  'buildict-MT__EC-project': '2026-04-13',
  carpentries__governance: '2026-02-12',
  'gucchon001__invoice-processing-system': '2025-08-03',
  'hide-kakky__shiftflow-flutter': '2026-04-28',
  ichisemasashi__planning: '2016-06-14',
  'iwatepu-cpc__iwatepu-cpc.github.io': '2019-07-27',
  'jyogi-web__Jyogi_Navi': '2026-04-01',
  'k-tanaka-522__AWS-ECS-Forgate': '2025-10-25',
  keunyop__FPDS: '2026-08-23',
  'ktakeuchi-xcap__taskchute-pwa': '2026-08-22',
  'ms-engineer-bc25-06__Section_9_team_A': '2025-09-09',
  'nhsuk__manage-vaccinations-in-schools': '2026-03-14',
  'nit-kl__coupleplan': '2026-05-11',
  noah44846__waskellc: '2024-08-23',
  'orcwg__cra-attestations': '2026-06-02',
  takedashuma__bcomic: '2026-05-22',
  'takeuchi-svg__yadorie-revenue-analytics': '2026-07-25',
  'web-platform-tests__wpt-notes': '2025-03-05',
  // Mapped after H and I.
  '2i2c-org__incident-reports': '2026-03-27',
  'Alexm-picard__the-bullpen': '2026-08-18',
  'Aoi-Yaegashi__teamF': '2025-08-01',
  'DDS606__iecs-documentation': '2026-03-12',
  'DFE-Digital__claim-additional-payments-for-teaching': '2026-08-22',
  GotoSample__work_report: '2025-11-03',
  'IIINATSUIII__project-umibudou': '2026-07-18',
  KSF2024__Documents: '2024-02-09',
  LukeMoll__EMPR: '2019-04-25',
  'Neo-Oi__neo_event_tool': '2026-08-01',
  'OWASP__www-board': '2026-07-24',
  OsakanaFactory__PicMe: '2026-02-19',
  Rikumt12__Popcorn: '2025-08-01',
  'Sunmax0731__movie-telop-transcriber': '2026-05-01',
  'UKGovernmentBEIS__beis-report-official-development-assistance': '2025-08-22',
  'UKHomeOffice__engineering-guidance-and-standards': '2026-06-06',
  YUKlT0__Equipe: '2025-08-01',
  'YasushiIizuka__access-vba-work': '2026-08-05',
  ainaga09__ACE: '2025-07-12',
  'cocoa-mhlw__cocoa': '2022-10-29',
  'dna20021225__ZC-CastMenu': '2026-06-19',
  'eslint__tsc-meetings': '2026-07-24',
  ganase__aiagent_guardrail: '2026-08-22',
  'haskellfoundation__tech-proposals': '2025-09-25',
  'isoc-jp__website': '2026-03-04',
  'ju-ki__moptabi': '2026-02-20',
  'jupyterhub__mybinder.org-deploy': '2026-08-06',
  'katuyukinoadres-beep__day-service-app': '2026-04-28',
  keisato848__daidoko: '2026-08-09',
  ketunekoroke__TradeCouncil: '2026-06-21',
  'kinachan__kokusai-bunken-doc': '2025-10-31',
  publiccodenet__about: '2024-03-29',
  'python__steering-council': '2026-01-09',
  rin5uron__nico_demo: '2026-02-24',
  'team-mirai-volunteer__action-board': '2026-08-08',
  thsic__RealtimeBusTracker: '2025-04-26',
  'toratyann620__success-avito-proj': '2026-07-01',
  'toxn12__ffxiv-timeline-sync': '2026-02-23',
  'yufyaj__girls-bar-qr-menu-sys': '2025-09-05',
  yuya0371__Q_app: '2026-02-05',
  // Mapped after J and K.
  'COG-UK__dipi-group': '2022-05-04',
  'Haruto-works333__ForeignFundManager': '2026-04-18',
  'Hexran-123__2026Expo': '2026-08-21',
  'Japan-Bio-Tools__Japan-Bio-Tools': '2026-04-19',
  'Kadoshima__MobileNLD-FL': '2025-08-30',
  'OpenRailAssociation__technical-committee': '2026-06-13',
  ShingoSatou__keiba: '2026-03-08',
  VirtualLiveLab__regulations: '2026-04-02',
  builderscon__builderscon: '2017-08-02',
  'chirimen-oh__meeting': '2026-07-03',
  'cisagov__manage.get.gov': '2026-08-22',
  'coderdojo-japan__coderdojo.jp': '2026-08-06',
  'django__dsf-working-groups': '2026-05-05',
  'java-women__Ponsyukey': '2023-02-20',
  'kai-5908__harmony-study-app': '2025-10-26',
  keinafarm__ricesales: '2025-10-27',
  'kento-matsunaga__vrc-shift-scheduler': '2026-02-21',
  'ko-zo__badminton-app': '2026-08-23',
  komei0727__muvluvgg_battle_simulator: '2026-08-24',
  kouyaman345__LawFinder: '2025-08-23',
  kuninet__tsumiwiki: '2026-07-23',
  lilifan105__misawa: '2025-11-18',
  mannjaro__fab_manual: '2022-05-22',
  mantidproject__documents: '2025-11-26',
  'masaru-study__verify-note': '2025-09-07',
  'matsuo-haruhito__docs-portal': '2026-08-19',
  'nationalarchives__ds-find-caselaw-docs': '2026-08-23',
  ogdowski__squigleague: '2026-01-31',
  'openid__cg-australian-digital-trust': '2026-03-03',
  osbrjp__handbook: '2026-07-17',
  'osmbe__working-group-bylaws': '2025-11-30',
  'portswigger-cloud__postmortems': '2026-08-01',
  'trois-gun-man__Kinoko-Survivor': '2026-02-05',
  'w-pinkietech__iot4-copy': '2025-06-20',
  wellcomecollection__docs: '2026-08-22',
  'y-takano-prime__oneway-fileshare': '2026-06-24',
  // Mapped after L.
  'DoD-Platform-One__bbtoc': '2026-04-11',
  'GSA-TTS__FAC': '2026-08-21',
  'HHS__simpler-grants-gov': '2026-08-22',
  'JFujimoto2__dxeco-poc': '2026-03-17',
  'RIT-Inc-Dev__Policies': '2022-05-24',
  'RyuheiKiso__work-navigation-app': '2026-05-21',
  'SeiyaIwabuchi__speed-match-card-game': '2025-10-27',
  'TK-tqkoyakik__mefx-s3-multi-effecter': '2026-06-25',
  'Takas0522__ws-demo-poly-integration': '2026-03-05',
  'any-learn-ai__any-learn-ai-docs': '2026-08-22',
  'bcgov__cas-registration': '2026-08-08',
  'cds-snc__notification-adr': '2025-12-06',
  'citron073__video-course-platform': '2026-07-23',
  gyumaruya__scrum_agents: '2026-02-24',
  hachyderm__community: '2026-06-26',
  'hiroyuki-rdx__hatonavi': '2026-07-02',
  hoshimotoyasunori__sys: '2025-07-26',
  'hpc-carpentry__coordination': '2025-05-28',
  iSPIRT__pushpaka: '2026-03-27',
  'kanta13jp1__mighty-link-ai-connect': '2026-05-31',
  'murata280__guild-ai': '2026-04-30',
  noajp__TETE: '2025-07-14',
  pulibrary__figgy: '2026-08-23',
  'scikit-learn__administrative': '2026-05-19',
  shinonomekazan__documents: '2026-06-02',
  shogomaeda758__Bacon: '2025-07-19',
  sokendl1216__Support_system: '2025-06-09',
  stockautoflow__dots: '2026-07-07',
  't-ohga__TaskManagedAI': '2026-06-23',
  't-wakasa-crypto__ePostCable2': '2026-07-08',
  'tuqulore__employee-handbook': '2025-11-28',
  'viridis00000__JaaKen-Games': '2025-05-31',
  // Mapped after M.
  AcademySoftwareFoundation__tac: '2026-08-21',
  HAMAKIN05__AtlasQuarry: '2026-08-11',
  'LBHackney-IT__API-Playbook': '2024-10-23',
  MM260101__yomidako: '2026-06-11',
  PeARSearch__documents: '2016-09-19',
  'PlasmaPy__plasmapy-project': '2021-09-02',
  'ProjectCryptomeria__Cryptomeria-core': '2026-02-12',
  VOICEVOX__voicevox: '2026-08-05',
  'agogroup__TEKO-BOARD': '2025-12-18',
  'ca-h-yamauchi__sej-pmo-bot': '2026-04-08',
  cloudnativedaysjp__dreamkast: '2026-08-18',
  compassmaster__Compass: '2026-08-07',
  conda__governance: '2026-08-19',
  'digitaldemocracy2030__kouchou-ai': '2026-05-30',
  hagisho0907__goodsstockmanage: '2025-10-17',
  harness17__DevNext: '2026-07-23',
  'inoue-kamui__20match': '2025-10-18',
  'komei-community__komei-supporters-policy-forum': '2026-04-09',
  'komuro2525__chill-night-town': '2026-08-18',
  learningequality__postmortems: '2018-08-29',
  mediadotech__techdo: '2018-12-13',
  'nexus-jp-venture__QR_project_requirement_document': '2024-10-23',
  ocapn__ocapn: '2026-07-17',
  'opensearch-project__technical-steering': '2026-07-21',
  routeflags__handbooks: '2023-12-22',
  'saltyland__kikitai-public': '2026-08-12',
  'shige03nori__mail-dispatcher': '2026-03-17',
  'sintaro-katuta__Tabiori-Scrap': '2026-01-13',
  'stolostron__managed-service-runbooks': '2025-07-19',
  typeorm__maintainers: '2026-04-18',
  'w3c__sustainableweb-ig': '2026-08-08',
  webcreate123__cafe_document: '2026-04-18',
  // Mapped after N (O).
  '38shunki__shiboroom': '2026-01-09',
  'CVEProject__automation-working-group': '2026-08-19',
  'Coolied-Dev3__cld-WR-1': '2026-08-03',
  'CrazyApple38__order-management-system': '2026-03-07',
  EDIorg__ECC: '2025-04-22',
  Ensembl__decisions: '2023-03-02',
  'IntersectMBO__UPLC-CAPE': '2026-07-11',
  Open3DFoundation__tac: '2025-01-28',
  'OpenPodcastAPI__api-specs': '2026-07-23',
  'TOKYOFLOWER__dept-ops': '2026-07-09',
  TakumiYoshida777__CompactSkillSheetsApp: '2025-09-08',
  'Unyu9__Lan-Party': '2026-04-18',
  cityofaustin__osac: '2020-07-18',
  codeforharima__website: '2026-01-14',
  'email-markup-consortium__email-markup-consortium': '2022-09-27',
  'fuguchiri0901__CS-transport-expense-agent': '2026-08-07',
  gamasenninn__tealus: '2026-08-22',
  'gunma-kids-navi__kids-event': '2026-08-04',
  'itreat-wakamatsu__task-management': '2026-04-14',
  'kani3camp__mine-party': '2025-09-15',
  'kazuya-m__urawa-support-hub': '2026-01-23',
  'kokihawks__attendance-management-app': '2025-11-28',
  'miyazaki-yusei__Internal-WF-system': '2025-07-08',
  nekoneko02__homepage: '2026-07-20',
  'oasis-tcs__openc2-tc-ops': '2025-04-16',
  'officeutq__butterfly-room': '2026-05-15',
  ouvill__todori: '2026-07-25',
  'qsona__daifugo-together': '2026-08-23',
  'seki-masa__incident-manager': '2026-07-06',
  'tengbu-haoshou__Docs-Regurations_preview': '2025-03-03',
  'uk-carpentries__uk-carpentries': '2023-09-26',
  yasudajs__udc2025: '2026-06-15',
  // Mapped after N (P).
  '39bit-onsen__WabiMail': '2025-07-03',
  'DEFRA__software-development-standards': '2026-08-20',
  ESMValGroup__Community: '2026-06-13',
  GiganticMinecraft__seichi_infra: '2026-08-24',
  'HSF__hsf.github.io': '2026-08-05',
  KAFKA2306__cast_event_cal: '2026-08-23',
  'Kurarowa305__schedule-hub': '2026-08-17',
  M4kuq__RAGProject: '2026-07-24',
  'NPO-OpenCoralNetwork__global-project': '2025-08-17',
  NagataFesWeb__ngtFesDev: '2026-03-24',
  NixOS__foundation: '2026-06-20',
  PolisJAPAN__PolisJAPAN: '2026-07-18',
  RoboCupAtHomeJP__Rule2023: '2023-05-06',
  'bunta-ishiwata__totsukaagent': '2026-03-29',
  'cal-itp__data-infra': '2026-08-22',
  chipsalliance__tac: '2026-07-25',
  daichiTAAA__UVCCameraDemo: '2026-01-05',
  'earl-klutz__YAIBA-democratization': '2025-10-27',
  'elecal2026__ELE-CAL': '2026-07-03',
  harakeijiro__CoachingAI: '2025-11-04',
  hina17ta17__KIT_map: '2026-08-23',
  'kumagaias__my-rss-press': '2026-04-23',
  'kyudai-guild__kyudaiGuildWebApp': '2026-08-20',
  morikawa2021__mamorunder: '2025-12-08',
  'napari__meeting-notes': '2023-05-10',
  natsumiumeda__Jobs: '2025-07-11',
  'pikupiku-official__mo-kiss': '2026-08-24',
  'raft-tech__TANF-app': '2024-10-25',
  sohosai__sos26: '2026-08-22',
  'souma09073__team-canvas': '2026-08-02',
  'tatsunoritojo__kintai-system': '2026-01-10',
  'youkiti__Spatial-epidemiology-training': '2026-08-23',
  // Mapped after P.
  '18F__identity-handbook': '2021-07-14',
  'ASK-STEM-official__20_Jakunen_Demo': '2025-08-02',
  BEMACPANELS__TeamsAccountManager: '2025-08-06',
  Escenda__fluent_audio_ros2: '2026-05-25',
  Haruhi2526__CC: '2025-11-11',
  'I3S-ESSnet__Documents': '2023-01-21',
  JeraldBucud__GradNavi: '2026-08-22',
  'Kofsaku__art-renewal2': '2026-04-16',
  'Kosoko-Hidefumi__Kintai': '2026-07-11',
  'Razona__jinro-bot': '2025-05-27',
  'ShoMaruoka__logistics-trouble-management_v2': '2025-11-15',
  SovereignCloudStack__standards: '2026-08-22',
  SumihisaYutani__MovieMonitor: '2025-10-27',
  'YUiCHI-Ai__20250709': '2025-07-10',
  'at-himawari__aimensetsu': '2026-07-15',
  'blessarch045-gh__tenue': '2026-05-15',
  'c-a-c__CAC-image-post': '2025-02-25',
  'department-of-veterans-affairs__caseflow': '2024-12-13',
  'emberjs__core-notes': '2026-03-11',
  falcosecurity__community: '2026-01-30',
  'finos__technical-oversight-committee': '2026-08-22',
  'in-toto__community': '2026-04-24',
  'k2works__case-study-sales': '2025-11-06',
  'masatokaneko__freee-MCP-Scalar': '2025-09-30',
  'mikanoooosub-commits__flyer-tracker': '2026-07-18',
  'mono-tec__mono-docs-edge-ai-solution': '2026-07-01',
  nagi5611__CoNAGITv2: '2026-05-11',
  'nijinworld__tomodachi-japan': '2026-08-19',
  numpy__archive: '2026-08-03',
  'peco-tanaka__MyFavRamen': '2025-05-08',
  'prog-g__wiki': '2019-06-28',
  'quicwg__wg-materials': '2026-07-23',
  roguepikachu__kyklos: '2026-03-06',
  'saki-nakata__ChatSpace': '2026-08-23',
  satoshi19840417__sharepoint: '2026-02-14',
  shibito99__WiZUs: '2026-07-21',
  sisicity4__OrderRoom: '2026-07-23',
  'sktime__community-org': '2024-11-13',
  'sky10-05__garbage-sort-ai': '2026-07-25',
  swcarpentry__board: '2017-12-15',
  'tker-78__manufacturing-datawarehouse': '2026-08-23',
  toshichida__QRcodeSystemforOrientation: '2026-03-24',
  'unicode-org__message-format-wg': '2026-05-27',
  'usds__justice40-tool': '2025-03-26',
  wwb78__exlog: '2025-07-14',
  yukotame__clarifi: '2026-05-18',
  // Mapped after Q.
  '96boards__mezzanine-community': '2022-01-15',
  'ENO0123__hyoe-medical-records-system': '2026-01-26',
  'Fulfill-ShimomuraKensuke__PRMtool': '2026-03-05',
  'JohnYanez95__koe-tts': '2026-02-10',
  KentaKatayama999__DocumentFileManager: '2026-01-21',
  'LegalQuants__lq-ai-community': '2026-08-17',
  'Mitsuhiro-8__ProjectManage': '2026-03-30',
  'Mutaguchi-Renya__minecraft-server-project': '2026-07-13',
  'NAKAMUAR__koutei-zu': '2026-07-24',
  'Newarkandsherwood__housing-repairs-online': '2023-01-18',
  'OpenSourceScouting__design-system': '2026-07-25',
  'Rons-29__exploratory-testing-support': '2025-10-08',
  Wether1219__kakeibo: '2026-08-18',
  'aaif__wg-governance-risk-and-regulatory': '2026-07-03',
  addressanup__fleetco: '2026-06-26',
  'almlog__ai-dynamic-painting': '2025-10-06',
  'apricot-cake__hologram': '2026-08-09',
  'assistviara__hospital-crm': '2026-07-06',
  aw00987__B2BReceivablesAndCreditManagementSystem: '2026-05-24',
  'bibigon14__homelab-k3s': '2026-08-01',
  'dat-ecosystem-archive__organization': '2021-12-24',
  'free-science-academy__organisation': '2019-12-31',
  'gretchi__the-desktop-reference': '2025-08-14',
  'hassyadai-kmatsuzaki__auction': '2026-01-07',
  'hiraokozou__FamilyRestaurant-Ultimate-LTS': '2026-08-08',
  junjuntiger__yaksou: '2026-06-26',
  'kc2424__homarare-app': '2026-08-21',
  'kiwi2000__chem-management-system_v2': '2026-08-20',
  'kota-done__NoExperiencePJ': '2026-03-05',
  'kuroroyumi-wq__kyuushoku-system': '2026-03-05',
  'lactop-off__Pivexa': '2026-06-24',
  masayaWada__TFKosmos: '2026-02-02',
  'miyanoritallest-afk__GameEventBoard': '2026-08-19',
  muzudho__ShogiTournamentSystemAnalyzer: '2026-06-11',
  'nem-0x__payroll-system': '2026-04-11',
  openventilatorregistry__organization: '2020-03-27',
  'oran-getake__pagewatch': '2026-08-08',
  'projectflowAdmin__project-management-app': '2026-07-19',
  qubic__qct: '2026-07-16',
  'rashidlab__lab-handbook': '2026-06-19',
  'shoichiro-suzuki__GenAI_Subcommittee_Study': '2025-12-12',
  'smartcities-sig__smartcities-sig': '2026-07-24',
  takahiko217__stack_watcher: '2025-09-22',
  'takalivian__clean-todo': '2025-10-31',
  tomokitakahama__LiveCloud: '2026-08-20',
  'umetsu-vista__BookLoop': '2026-02-27',
  'vscentrum__vsc-software-stack': '2024-09-13',
  yamahiro20639__cinetrail: '2026-05-28',
  'yanagi-sy__RAG-_QuizApp': '2026-01-24',
  'ykaito19980114-collab__mishiru': '2026-07-25',
  'yoshiyuki-1973__rag-chatbot': '2026-05-01',
  'ysogabe__tosho-in-wariate-kun': '2025-07-13',
  // Mapped after R.
  '184649__DStockAnalysis': '2026-06-29',
  '1981atsuhiko__tryattain_kintone': '2025-02-03',
  '299llc__lol-build-advisor': '2026-04-03',
  '6x6x6hollow6x6x6-creator__bound-tennis-portal': '2026-08-20',
  'AnDee418__earu-accounting-manage-web-app': '2025-08-23',
  'ChenxuYou__uwa-cits5206-project': '2026-08-23',
  Codeissei__golf_link: '2025-05-30',
  'CrafTechLife__local-first-pm-suite': '2026-01-22',
  Etsu5082__CampCalculator: '2026-04-18',
  'H4KURO__lsircs-app-prod': '2026-08-22',
  'HackMGM__hackmgm-notes': '2017-09-24',
  'Hiroyuki-12__RecipeManager': '2026-05-06',
  Homebrew__brew: '2026-08-23',
  IowaJS__IowaJS: '2013-06-26',
  'KnightOrKnave__troubled-todolist': '2022-01-29',
  'Koichi73__zenn-hackathon-vol4': '2026-02-02',
  'Lighthouse-projects__prototype1': '2025-09-07',
  'MGC-inc__e.l.p-': '2026-06-14',
  'Meru-dog__LexFlow-Protocol': '2026-01-09',
  'Naoki-Kaneda__gemini-Scanner': '2026-02-28',
  'NieRTama__kabu-auto': '2026-06-25',
  'RConsortium__submissions-wg': '2026-05-06',
  'Shin330-hue__price-nego-assist': '2026-07-03',
  Shinoryo__PayPay2MF: '2026-05-03',
  'SuzuzukiKeisuke__suzuki-blackjack_2025': '2025-07-01',
  'TK306__md-docs': '2025-12-30',
  'Tomoyuki0893__horinouchi-workspace': '2026-07-20',
  TonChan0828__PlanDiff: '2026-08-23',
  WebAssembly__meetings: '2026-08-22',
  Yokochi513__KanSuke: '2026-07-29',
  'YuzuhaCode__supermarket-discount-site': '2026-07-19',
  artsy__README: '2026-03-07',
  babel__notes: '2020-05-09',
  'cardamon04__music-studio-reservation': '2025-12-12',
  'clover-hd__clean-architecture-atomic-design-example': '2025-09-20',
  codeforjapan__BirdXplorer: '2026-08-14',
  'dendrobium0083__img-resizer': '2025-12-04',
  'designsystemau__steering-committee': '2021-12-16',
  ebpffoundation__bsc: '2026-03-27',
  'engineer-ba-sulto__aso-text-generator-api': '2025-08-27',
  expressjs__discussions: '2025-10-01',
  'guheheP__Alchemy-Survivors': '2026-04-29',
  hackclub__hcb: '2026-08-23',
  'ipfs__team-mgmt': '2022-07-22',
  'jenkins-infra__documentation': '2026-07-22',
  kou2852__kakiebo: '2026-08-15',
  kubernetes__steering: '2026-04-16',
  'matsukiyamato__okusuri-translation-ai': '2026-08-05',
  'mizuta0711__shopping-list-app': '2026-06-13',
  'mozawa-bass-bom__MyNote-React-Java': '2026-07-22',
  'nagi-na__ShiftManager': '2026-06-13',
  noisebridge__bureaucracy: '2017-10-02',
  'oniemikel__english-learning-tool': '2026-08-03',
  privacycg__meetings: '2025-12-11',
  pyOpenSci__governance: '2024-06-08',
  rayven122__tumiki: '2026-05-20',
  'ron02-hub__003_Q-A': '2026-01-13',
  ryuki0616__digilive: '2026-01-17',
  saboriyo__GameBargain: '2025-08-01',
  solid__team: '2024-06-14',
  thegoodparty__runbooks: '2026-05-16',
  w3ctag__meetings: '2024-10-19',
  'xniconicox__asset-ai-adviser': '2026-08-14',
  'y-yamane-PSC__table-tennis-game': '2026-05-19',
  'yoshaaa888__monthly-booking': '2025-08-22',
  yukikim__light_bi_tool: '2026-02-25',
  zowe__zlc: '2020-05-21',
  // Mapped after S.
  '0046-shun__studix': '2025-08-16',
  '223n__win-cleaner': '2026-04-02',
  'Alshiel-1280__Blue-Print': '2026-08-04',
  'B-Daman__kotohira-mindmap': '2026-04-28',
  'Ben-1327__omu': '2025-07-20',
  BitzLabs__BitzSkills: '2026-08-23',
  Chronoss0518__SpinnerOfTherNightSky: '2025-07-18',
  'GSA__notifications-api': '2026-07-23',
  Gyabi__Bukumage: '2024-01-07',
  HANAUTA__42_hackathon_2026: '2026-06-27',
  'Hackathon-09__AI-Quiz-Crafter': '2025-12-05',
  'Hironao-Takagi__ToDoAppTest': '2026-04-04',
  'ImaiTakashi-biz__purchase_management_system': '2026-02-16',
  'JaswantOnGit__cloudmart-lightsail-deployment': '2026-08-06',
  'K1gen-12__tea-shop': '2026-01-09',
  'Keisei-Akiya__finance-app': '2025-03-28',
  'KeitaIwasa__translate-line-bot': '2026-04-06',
  'a-san-un__wordpress-hanacafe': '2026-04-09',
  'akira0716__salto-12d': '2026-04-19',
  alpaca2026__bmi: '2026-05-30',
  'an-dot-su4__TeaBreak': '2026-07-08',
  'aramy-saw__english-toeic700-app': '2026-08-19',
  'atu0000__comment-clustering-ai': '2026-04-17',
  cdfoundation__toc: '2025-10-22',
  'chef__chef-oss-practices': '2025-05-15',
  cloudfoundry__community: '2026-08-07',
  'core2017__pinentry-tty-wrapper': '2025-05-15',
  'crystal-jp__weekly': '2021-02-01',
  'daisukeyamaoka-bizmote__HP': '2026-05-09',
  damgoweb__streatmit_sky_globe: '2025-08-15',
  'digital-land__technical-documentation': '2026-06-26',
  dojo__meta: '2019-01-11',
  dxw__playbook: '2025-11-26',
  fK470__fusen: '2025-06-26',
  gnuradio__greps: '2022-02-04',
  'graphql__graphql-wg': '2026-08-07',
  guacsec__governance: '2026-02-25',
  'hane-colorfulbox__hojokin': '2026-05-02',
  'haruocode__kohaku-forcast': '2026-07-03',
  'hello-1041__AIDDProcon': '2026-08-18',
  helm__community: '2026-03-19',
  hide2064__makeReportOllama: '2026-04-08',
  'hisataka0206__tanken-rally': '2026-05-07',
  'hkjx3k-commits__task-management': '2026-05-10',
  'horinoA__care-symptom-logger': '2026-07-15',
  'httpwg__wg-materials': '2024-10-24',
  ikdrn__SpringBoot: '2026-02-21',
  'inouekoshi__Party-Quiz': '2026-05-02',
  'ipld__team-mgmt': '2023-12-10',
  'is0060hf__comment-bot': '2025-10-20',
  istio__community: '2026-08-21',
  jacksonic777__StretchViewCS: '2026-08-20',
  'jquery__meetings.jquery.org': '2026-06-30',
  jupyter__governance: '2026-08-22',
  'juv-shun__draft-simulator': '2025-09-20',
  katsya1117__dmt: '2026-08-21',
  'koala-craft__obsidian-log': '2026-02-16',
  'koteikara__claude-a11y-agent': '2026-06-14',
  'ks1844__study-logger': '2026-01-02',
  kttmu__MyScheduleManager: '2026-07-22',
};
const mostOfOneRule = 30;
const mappings = join(root, 'test/fixtures/corpora');
const suffix = '.kobo.yaml';

const { values: options } = parseArgs({
  options: { seed: { type: 'string', default: '1' }, size: { type: 'string', default: '200' }, rule: { type: 'string' }, corpora: { type: 'string' }, only: { type: 'string' }, uniform: { type: 'boolean' }, json: { type: 'boolean' }, all: { type: 'boolean' } },
});

async function bundle() {
  const outfile = join(root, 'out/bench/precision-core.mjs');
  mkdirSync(join(root, 'out/bench'), { recursive: true });
  const contents = [
    "export { loadBook } from './src/core/book/load';",
    "export { readKoboFile } from './src/core/product/kobo-file';",
    "export { Project } from './src/core/product/project';",
  ].join('\n');
  await build({ stdin: { contents, resolveDir: root, loader: 'ts' }, outfile, bundle: true, platform: 'neutral', mainFields: ['module', 'main'], format: 'esm', target: 'es2022', logLevel: 'warning' });
  return import(`${pathToFileURL(outfile)}?${Date.now()}`);
}

/** Where a corpus lies; `undefined` when there is no copy. */
const folderOf = (name) => [join(shared, 'corpora'), ...(options.corpora === undefined ? [] : [options.corpora])].map((folder) => join(folder, name)).find((folder) => existsSync(folder));

/** Every text file below a folder by its path. */
function filesBelow(folder, keep = () => true) {
  const files = new Map();
  for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = entry.replaceAll('\\', '/');
    if (keep(path) && statSync(join(folder, entry)).isFile()) files.set(path, readFileSync(join(folder, entry), 'utf8'));
  }
  return files;
}

function memoryFolder(files) {
  return {
    uri: 'mem:/templates',
    list: async () => [...files].map(([path, text]) => ({ path, size: Buffer.byteLength(text) })).sort((a, b) => (a.path < b.path ? -1 : 1)),
    read: async (paths) => paths.map((path) => ({ path, ok: true, bytes: new TextEncoder().encode(files.get(path)) })),
  };
}

/** Whether a broken link could be one only because its target was not copied into the corpus. */
function leavesTheCopy(finding, text, files) {
  if (finding.rule !== 'XDC-002') return false;
  const target = decodeURI(text.slice(finding.span.start, finding.span.end)).split('#')[0];
  if (target === '') return false;
  const folder = finding.path.split('/').slice(0, -1);
  const parts = target.startsWith('/') ? [] : folder;
  for (const name of target.split('/')) {
    if (name === '..') parts.pop();
    else if (name !== '.' && name !== '') parts.push(name);
  }
  return !files.has(parts.join('/'));
}

async function check(core, book, name, level) {
  const files = filesBelow(folderOf(name));
  const koboText = readFileSync(join(mappings, `${name}${suffix}`), 'utf8');
  const settings = { ...core.readKoboFile(koboText).settings, level };
  const project = new core.Project({
    book, settings, koboText, files: [...files.keys()], editorRules: {}, clock: () => 0, now: () => 0, history: undefined, today: days[name],
  });
  for (const path of project.wanted()) project.put(path, files.get(path));
  const report = await project.reportAll();
  const findings = report.findings.filter((finding) => finding.severity === 'error' || finding.severity === 'warning');
  const judged = findings.filter((finding) => !leavesTheCopy(finding, files.get(finding.path) ?? '', files));
  return {
    managed: report.summary.files,
    dropped: findings.length - judged.length,
    findings: judged.map(({ rule, severity, path, range, span, message }) => {
      const text = path === 'kobo.yaml' ? koboText : files.get(path);
      const line = text.split(/\r\n|\r|\n/)[range.start.line] ?? '';
      return { corpus: name, rule, severity, path, line: range.start.line + 1, message, mark: text.slice(span.start, span.end), text: line.trim() };
    }),
  };
}

/** mulberry32: a small seeded generator of numbers in [0, 1). */
function randomOf(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function shuffled(items, random) {
  const queue = [...items];
  for (let i = queue.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [queue[i], queue[j]] = [queue[j], queue[i]];
  }
  return queue;
}

/** A random sample: corpora take turns, each gives its findings in random order, no rule gives more than its share. */
function sampleOf(byCorpus, size, seed) {
  const random = randomOf(seed);
  const queues = byCorpus.map((findings) => shuffled(findings, random));
  const counts = new Map();
  const taken = [];
  while (taken.length < size && queues.some((queue) => queue.length > 0)) {
    for (const queue of queues) {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        const count = counts.get(next.rule) ?? 0;
        if (count >= mostOfOneRule) continue;
        counts.set(next.rule, count + 1);
        taken.push(next);
        break;
      }
      if (taken.length === size) break;
    }
  }
  return taken;
}

const short = (text, length) => (text.length > length ? `${text.slice(0, length)}…` : text);

const core = await bundle();
const book = await core.loadBook(memoryFolder(filesBelow(join(root, 'templates'), (path) => !path.startsWith('samples/'))), { starter: undefined });
const names = readdirSync(mappings).filter((file) => file.endsWith(suffix)).map((file) => file.slice(0, -suffix.length)).sort()
  .filter((name) => (options.only === undefined || options.only.split(',').includes(name)) && folderOf(name) !== undefined);
const found = [];
for (const name of names) {
  for (const level of ['L1', 'L2']) {
    const result = await check(core, book, name, level);
    console.error(`${name} ${level}: ${result.managed} documents, ${result.findings.length} errors and warnings, ${result.dropped} links out of the copy left out`);
    if (level === 'L2') found.push(result.findings);
  }
}
const totals = new Map();
for (const { rule } of found.flat()) totals.set(rule, (totals.get(rule) ?? 0) + 1);
console.error([...totals].sort((a, b) => b[1] - a[1]).map(([rule, count]) => `${rule} ${count}`).join(', '));

// Everything that level L1 says, level L2 says too: the sample is drawn from L2.
const wanted = options.rule === undefined ? found : found.map((findings) => findings.filter((finding) => finding.rule === options.rule));
const size = Number(options.size);
const seed = Number(options.seed);
const sample = options.all ? wanted.flat() : options.uniform ? shuffled(wanted.flat(), randomOf(seed)).slice(0, size) : sampleOf(wanted, size, seed);
if (options.json) console.log(JSON.stringify(sample));
else for (const [i, one] of sample.entries()) console.log(`${i + 1}\t${one.corpus.slice(0, 8)}\t${one.path}:${one.line}\t${one.rule}\t${one.severity}\t${one.message}\n\t«${short(one.mark, 80)}» ${short(one.text, 260)}`);
