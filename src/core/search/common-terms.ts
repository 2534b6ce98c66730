import type { SearchTerm } from './synonyms';

/**
 * Everyday words of project work that say the same in kanji, katakana and English. They let a person find a page by any of
 * them before the organisation has written its own terms, which come first. The first column is the reading of the second
 * (`-`: none): what was typed and not converted is understood too.
 */
const groups = `
ほうこくしょ 報告書 レポート 報告 report
かだい 課題 イシュー 問題 issue
さぎょう 作業 タスク task
あんけん 案件 プロジェクト project
きけん 危険 リスク risk
にってい 日程 スケジュール 予定 schedule
きげん 期限 期日 締め切り 締切 deadline due
しょうにん 承認 決裁 approval approve
しんせい 申請 依頼 リクエスト request
さくせい 作成 新規作成 新規登録 登録 create
へんしゅう 編集 修正 変更 edit
こうしん 更新 アップデート update
さくじょ 削除 消去 delete remove
ついか 追加 add
きょうゆう 共有 シェア share
けんさく 検索 探す search
ひょうじ 表示 閲覧 ビュー view
せってい 設定 構成 環境設定 settings configure
かんり 管理 マネジメント management manage
がいよう 概要 あらまし overview
いちらん 一覧 リスト list
りようしゃ 利用者 使用者 ユーザー user
こきゃく 顧客 お客様 カスタマー customer
たんとうしゃ 担当者 担当 assignee
わりあて 割り当て アサイン assign assignment
せきにんしゃ 責任者 オーナー 所有者 owner
よういん 要員 人員 リソース 資源 resource
こうすう 工数 作業量 effort
ひよう 費用 経費 コスト cost expense
けいひ 経費 支出 立替 expense spending
せいさん 精算 払い戻し 返金 reimbursement
よさん 予算 バジェット budget
みつもり 見積もり 見積 estimate
うりあげ 売上 収益 revenue
かいぎ 会議 打ち合わせ ミーティング meeting
ぎじろく 議事録 会議録 minutes
ぶんしょ 文書 書類 ドキュメント 資料 document
ひながた 雛形 ひな形 テンプレート 様式 template
てじゅん 手順 手順書 マニュアル procedure manual
ほうしん 方針 ポリシー policy
きそく 規則 ルール 決まり rule
きじゅん 基準 標準 standard
こうてい 工程 フェーズ 段階 phase
- 関門 ゲート gate
- 節目 マイルストーン milestone
せいかぶつ 成果物 納品物 deliverable
ようけん 要件 要求 requirement
しけん 試験 テスト 検査 test
ひんしつ 品質 クオリティ quality
しょうがい 障害 インシデント 不具合 incident
ふぐあい 不具合 バグ defect bug
げんいん 原因 要因 cause
たいさく 対策 対応策 countermeasure
たいおう 対応 処置 対処 action
かいぜん 改善 カイゼン improvement
ふりかえり 振り返り ふりかえり レトロスペクティブ retrospective
かんし 監視 モニタリング monitoring
しんちょく 進捗 進み具合 progress
じょうたい 状態 状況 ステータス status
ゆうせんど 優先度 優先順位 priority
じゅうようど 重要度 深刻度 severity
えいきょう 影響 インパクト impact
りがいかんけいしゃ 利害関係者 ステークホルダー stakeholder
- 関係者 当事者
たいせい 体制 組織 organization
やくわり 役割 ロール role
けんげん 権限 アクセス権 permission
きょういく 教育 研修 トレーニング training
けいやく 契約 contract
ちょうたつ 調達 購買 procurement
とりひきさき 取引先 業者 ベンダー vendor supplier
いこう 移行 マイグレーション migration
こうかい 公開 リリース release
うんよう 運用 オペレーション operation
ほしゅ 保守 メンテナンス maintenance
あんぜん 安全 セキュリティ security
がめん 画面 スクリーン screen
つうち 通知 お知らせ notification
れんけい 連携 統合 インテグレーション integration
とりこみ 取り込み 読み込み インポート import
かきだし 書き出し 出力 エクスポート export
ふくせい 複製 コピー copy
にゅうしゅ 入手 ダウンロード download
てんぷ 添付 attachment
しつもん 質問 問い合わせ question inquiry
かいとう 回答 答え answer
けいかく 計画 プラン plan
もくひょう 目標 ゴール 目的 goal
じっせき 実績 actual
ひょうか 評価 アセスメント assessment
かんさ 監査 audit
- 例 サンプル sample example
あやまり 誤り エラー error
ぶんせき 分析 解析 analysis
ちしき 知識 ナレッジ knowledge
きゅうか 休暇 休み vacation leave
さいよう 採用 hiring recruiting
じんじ 人事 HR
けいり 経理 会計 accounting
えいぎょう 営業 セールス sales
`;

/** The built-in groups as search terms. */
export const commonTerms: readonly SearchTerm[] = groups
  .trim()
  .split('\n')
  .map((line) => {
    const [reading = '-', preferred = '', ...aliases] = line.split(' ');
    return { preferred, reading: reading === '-' ? '' : reading, english: [], aliases, variants: [] };
  });
